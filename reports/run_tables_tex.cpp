#include "reports/run_tables_tex.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "reports/display_text.hpp"

namespace fisherlab::reports {
namespace {

/// After `\begin{document}` the macro \@nodocument is \relax, so the file knows whether it stands in a paper.
constexpr std::string_view head = R"(\expandafter\ifx\csname @nodocument\endcsname\relax
\let\fisherlabend\relax
\else
\documentclass[a4paper,landscape]{article}
\usepackage[T1]{fontenc}
\usepackage[margin=15mm]{geometry}
\usepackage{array,booktabs,longtable}
\begin{document}
\def\fisherlabend{\end{document}}
\fi
\providecommand{\fisherlabchar}[2]{\ifdefined\Umathchardef#1\else#2\fi}
)";

constexpr int widest_words = 40;

/// Columns in characters: what a cell needs, words at most `widest_words`.
std::vector<int> widths_of(RunTable const& table) {
  std::vector<int> widths;
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    int width = display_width(table.columns[j].title);
    for (auto const& row : table.rows) width = std::max(width, display_width(printable(row[j])));
    widths.push_back(table.columns[j].kind == CellKind::text ? std::min(width, widest_words) : width);
  }
  return widths;
}

/// Numbers and short words take what they need; longer words share what is left of the line by their widths, and wrap.
std::string column_types(RunTable const& table) {
  constexpr int line = 190;  // characters of \scriptsize on a landscape page
  constexpr int gap = 2;
  constexpr int short_words = 12;
  auto const widths = widths_of(table);
  auto const is_number = [&](std::size_t j) { return table.columns[j].kind == CellKind::number; };
  auto const wraps = [&](std::size_t j) { return !is_number(j) && widths[j] > short_words; };
  int taken = 0, wrapped = 0;
  for (std::size_t j = 0; j < widths.size(); ++j) {
    (wraps(j) ? wrapped : taken) += widths[j];
    taken += gap;
  }
  double const left = std::max(line - taken, line / 4);
  double const scale = wrapped > left ? left / wrapped : 1;
  std::string types;
  for (std::size_t j = 0; j < widths.size(); ++j) {
    auto const share =
        fmt::format(">{{\\raggedright\\arraybackslash}}p{{{:.3f}\\linewidth}}", scale * widths[j] / line);
    types += wraps(j) ? share : is_number(j) ? "r" : "l";
  }
  return types;
}

std::string row_of(std::vector<std::string> const& cells) { return fmt::format("{} \\\\\n", fmt::join(cells, " & ")); }

std::string table_latex(RunTable const& table) {
  std::vector<std::string> titles;
  for (auto const& column : table.columns) titles.push_back(latex_text(column.title));
  std::string const header = "\\toprule\n" + row_of(titles) + "\\midrule\n";
  std::string text = fmt::format("\n{{\\scriptsize\\setlength{{\\tabcolsep}}{{3pt}}\n\\begin{{longtable}}{{{}}}\n",
                                 column_types(table));
  text += fmt::format("\\caption{{{}. {}}}\\\\\n", latex_text(table.title), latex_text(table.note));
  text += header + "\\endfirsthead\n" + header + "\\endhead\n\\bottomrule\n\\endfoot\n";
  for (auto const& row : table.rows) {
    std::vector<std::string> cells;
    for (std::size_t j = 0; j < row.size(); ++j) {
      bool const is_number = table.columns[j].kind == CellKind::number;
      cells.push_back(!is_number ? latex_text(row[j]) : row[j].empty() ? "--" : latex_number(row[j]));
    }
    text += row_of(cells);
  }
  return text + "\\end{longtable}}\n";
}

}  // namespace

std::string tables_latex(Manifest const& manifest, std::span<RunTable const> tables) {
  std::string text = fmt::format("% fisherlab {}, seed {}, fingerprint {}\n", printable(manifest.version),
                                 manifest.seed, printable(manifest.fingerprint));
  text += "% A document by itself; \\input into a paper that loads array, booktabs and longtable: the tables alone.\n";
  text += head;
  for (RunTable const& table : tables) text += table_latex(table);
  return text + "\n\\fisherlabend\n";
}

}  // namespace fisherlab::reports
