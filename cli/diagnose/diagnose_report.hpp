#pragma once

#include <cstdint>
#include <string>

#include "cli/diagnose/diagnose_found.hpp"
#include "cli/run/run_frame.hpp"
#include "findings/run_tables.hpp"

namespace fisherlab::cli {

/// The tables of a diagnosis.
RunTables tables_of(Found const& found);

/// Everything that is said, in paragraphs; `level`: of the intervals.
std::string report_text(Found const& found, double level, int width);

/// The manifest, but for the files.
Manifest manifest_of(std::uint64_t seed, Found const& found, RunFrame const& frame);

/// The bytes of `report.html`; `text`: what report_text() says.
std::string page_of(Found const& found, std::string const& text, Manifest const& manifest);

}  // namespace fisherlab::cli
