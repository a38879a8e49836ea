#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/files/csv_grid.hpp"
#include "runs/data/reading.hpp"

namespace fisherlab::runs {

/// A CSV text split into cells, and how it was written.
struct FormattedCsv {
  CsvGrid grid;
  char separator = '\0';     ///< of cells; '\0' where there is a single column
  char decimal = '.';        ///< of numbers
  std::size_t comments = 0;  ///< lines that begin with '#' before the first other one, left out
};

/// Splits the text, which must outlive the result. Separator and decimal mark are those of `reading`, else recognised
/// from the whole text: the separator that gives every record as many cells as the first, the decimal mark that makes
/// cells numbers. What may be read in two ways is refused.
/// @throws InputError as csv_grid(), and where separator or decimal mark are uncertain: the message names the option.
FormattedCsv format_csv(std::string_view text, std::string_view name, Reading const& reading);

/// Whether a record is an empty line.
inline bool is_blank(CsvGrid const& grid, std::size_t record) {
  auto const cells = grid.cells(record);
  return cells.size() == 1 && cells[0].find_first_not_of(" \t") == std::string_view::npos;
}

/// Whether the header is one cell shorter than all records below, as R's write.table() leaves it above row names, or
/// as it is where lines end with a separator.
bool has_short_header(CsvGrid const& grid);

/// What the cells of a column are as names of the rows, from record `first` on.
enum class RowNames {
  counted,  ///< 0, 1, 2 ... or 1, 2, 3 ...
  words,    ///< texts, each once
  numbers,  ///< whole numbers, each once, as is left when rows were taken out
  none,     ///< anything else
};
RowNames row_names_in(CsvGrid const& grid, std::size_t column, std::size_t first);

}  // namespace fisherlab::runs
