#pragma once

#include <string>
#include <string_view>

namespace fisherlab::runs {

/// Without the spaces and tabs around it.
std::string_view trimmed(std::string_view text);

/// A piece of a file as messages show it: printable, 40 columns at most, a tab as \t.
std::string shown(std::string_view text);

/// The number in a cell and what is wrong with it, empty if nothing.
struct Cell {
  double value = 0;
  std::string problem = {};  ///< as "'two' is not a number, correct it or remove the row"
  bool is_text = false;      ///< not a number at all
  bool is_missing = false;   ///< empty, ., NA, N/A, #N/A, NaN or NULL, in capitals or not
  bool is_truth = false;     ///< TRUE or FALSE, read as 1 and 0
};
/// The cell as a number with the decimal mark.
Cell parse_cell(std::string_view raw, char decimal = '.');

/// Whether the cell stands for a missing value.
bool is_missing(std::string_view raw);

/// Whether the cell says that there is no end towards `none`, plus or minus infinity: missing, or that infinity in
/// letters.
bool is_no_end(std::string_view raw, double none);

/// How a number may be written: what a whole file says of its decimal mark.
enum class Written {
  plain,        ///< "12", "1e5": the same with either mark
  with_point,   ///< "1.5"
  with_comma,   ///< "1,5"
  with_groups,  ///< "1,234": a decimal comma, or a comma between thousands
  no_number,    ///< anything else
};
Written written(std::string_view raw);

}  // namespace fisherlab::runs
