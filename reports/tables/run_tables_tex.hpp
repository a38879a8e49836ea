#pragma once

#include <span>
#include <string>
#include <string_view>

#include "findings/manifest.hpp"
#include "reports/tables/run_table.hpp"

namespace fisherlab::reports {

/// The bytes of `report.tex`: the tables as `longtable`s with the rules of `booktabs`, columns of words wrapped. The
/// file is a document by itself; `\input` into a paper it gives the tables alone (the paper loads `array`, `booktabs`
/// and `longtable`).
std::string tables_latex(Manifest const& manifest, std::span<RunTable const> tables);

/// Words that LaTeX shows as they stand, on one line, with places to break: special characters are escaped, Greek goes
/// into mathematics. A character that pdfLaTeX has no letter for becomes `\fisherlabchar{x}{U+hex}`, which the file
/// defines: the first where the engine has Unicode fonts, else the second.
std::string latex_text(std::string_view text);

/// A number of a table in mathematics, with its minus signs, brackets and powers of ten: "-1e-09 (2e-10)" as
/// `$-1\times10^{-9}\,(2\times10^{-10})$`.
std::string latex_number(std::string_view text);

}  // namespace fisherlab::reports
