#pragma once

#include <string>
#include <vector>

#include "base/text/display_text.hpp"

namespace fisherlab {

/// A table of aligned columns for a terminal.
class TextTable {
 public:
  struct Column {
    std::string title;
    Align align = Align::left;
    bool wraps = false;  ///< a cell that is too long goes on in the lines below, where others are cut: what names rows
  };

  explicit TextTable(std::vector<Column> columns);

  /// @throws InputError when the number of cells is not the number of columns.
  void add_row(std::vector<std::string> cells);

  /// The header, a rule and the rows, two spaces between columns and none at the end of a line. When the table is wider
  /// than `width`, the widest left-aligned columns are cut with "…" or wrapped, to 8 columns at least; numbers are
  /// never cut. A width of 0 cuts nothing.
  std::string text(int width = 0) const;

 private:
  std::vector<int> widths(int width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace fisherlab
