#pragma once

#include <string>
#include <vector>

#include "runs/data/csv_format.hpp"

namespace fisherlab::runs {

/// Whether the first record names the columns. That is certain where it holds one of the `wanted` names, or a word
/// above a column of numbers and no number above one; and that it does not where every cell is a number or missing.
/// @throws InputError for anything between, as a first cell "<0.05": the message names the cell and --header.
bool has_header(FormattedCsv const& csv, std::string_view name, std::vector<std::string> const& wanted);

/// The columns of a file by name, without those that number its rows or hold nothing.
struct CsvColumns {
  std::vector<std::string> names;   ///< printable; without a header "1", "2" ...
  std::vector<std::size_t> places;  ///< of their cells in a record
  std::vector<std::string> notes;   ///< what was left out, in sentences
};
CsvColumns columns_of(FormattedCsv const& csv, bool is_headed);

}  // namespace fisherlab::runs
