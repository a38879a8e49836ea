#include "reports/tables/run_tables_tex.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/display_text.hpp"

namespace fisherlab::reports {
namespace {

/// After `\begin{document}` the macro \@nodocument is \relax, so the file knows whether it stands in a paper.
/// \fisherlabfit takes the digits that a row must have and those that it would like on top, and sets \fisherlabroom to
/// what the line has for each of the latter.
constexpr std::string_view head = R"(\expandafter\ifx\csname @nodocument\endcsname\relax
\let\fisherlabend\relax
\else
\documentclass[a4paper,landscape]{article}
\usepackage[T1]{fontenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[margin=15mm]{geometry}
\usepackage{array,booktabs,longtable}
\begin{document}
\def\fisherlabend{\end{document}}
\fi
\providecommand{\fisherlabchar}[2]{\ifdefined\Umathchardef#1\else#2\fi}
\ifdefined\fisherlabdigit\else\newdimen\fisherlabdigit\newdimen\fisherlabroom\fi
\def\fisherlabfit#1#2{\settowidth\fisherlabdigit{0}\fisherlabroom\dimexpr(\linewidth-\fisherlabdigit*#1)/#2\relax
\ifdim\fisherlabroom>\fisherlabdigit\fisherlabroom\fisherlabdigit\fi
\ifdim\fisherlabroom<0pt\fisherlabroom0pt\fi}
)";

/// Columns in digits of the font, which is about what a letter takes.
struct Width {
  int needed = 0;  ///< all of a number or a short word; of longer words what cannot be broken
  int wanted = 0;  ///< on top of it
};

/// The longest piece that latex_text() or latex_number() does not break.
int longest_piece(std::string_view text, CellKind kind) {
  int longest = 0;
  auto const see = [&](std::string_view piece) {
    auto const powers = kind == CellKind::number ? std::ranges::count(piece, 'e') : 0;
    longest = std::max(longest, display_width(piece) + 3 * static_cast<int>(powers));  // "e" is set as "x10"
  };
  std::size_t from = 0;
  for (std::size_t k = 0; k + 1 < text.size(); ++k) {
    bool const is_sign = text[k] == '-' && text[k + 1] >= '0' && text[k + 1] <= '9';
    bool const ends = kind == CellKind::number ? text.substr(k, 2) == ", "
                                               : !is_sign && std::string_view(" _;=-").find(text[k]) != text.npos;
    if (!ends) continue;
    see(text.substr(from, k + 1 - from));
    from = k + 1;
  }
  see(text.substr(from));
  return longest;
}

/// Short cells are not broken.
Width width_of(RunTable const& table, std::size_t column) {
  constexpr int short_cell = 12, widest_words = 40;
  auto const& [name, title, kind] = table.columns[column];
  int all = display_width(title), piece = longest_piece(title, CellKind::text);
  for (auto const& row : table.rows) {
    auto const text = printable(row[column]);
    all = std::max(all, display_width(text));
    piece = std::max(piece, longest_piece(text, kind));
  }
  if (all <= short_cell || piece >= all) return {std::max(all, piece), 0};
  return {piece, std::max(0, (kind == CellKind::text ? std::min(all, widest_words) : all) - piece)};
}

/// Sets the columns and what they are measured by; words share what the line leaves by what they want.
std::string begin_table(RunTable const& table) {
  constexpr int gap = 2;
  std::string types;
  Width sum;
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    auto const width = width_of(table, j);
    sum.needed += width.needed + gap;
    sum.wanted += width.wanted;
    bool const is_number = table.columns[j].kind == CellKind::number;
    if (width.wanted > 0)
      types += fmt::format(">{{\\ragged{}\\arraybackslash}}p{{\\dimexpr{}\\fisherlabdigit+{}\\fisherlabroom}}",
                           is_number ? "left" : "right", width.needed, width.wanted);
    else
      types += is_number ? 'r' : 'l';
  }
  return fmt::format(
      "\n{{\\scriptsize\\def\\arraystretch{{1.15}}\\setlength{{\\tabcolsep}}{{3pt}}\\fisherlabfit{{{}}}{{{}}}\n\\begin{"
      "{longtable}}{{{}}}\n",
      sum.needed, std::max(sum.wanted, 1), types);
}

std::string row_of(std::vector<std::string> const& cells) { return fmt::format("{} \\\\\n", fmt::join(cells, " & ")); }

std::string table_latex(RunTable const& table) {
  std::vector<std::string> titles;
  for (auto const& column : table.columns) titles.push_back(latex_text(column.title));
  std::string const header = "\\toprule\n" + row_of(titles) + "\\midrule\n";
  std::string text = begin_table(table);
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
