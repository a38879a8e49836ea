#pragma once

#include <string>
#include <string_view>
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
/// Whether a text can be nothing but a name: it begins with a letter and is no word that stands for a datum.
bool is_certain_name(std::string_view text);

/// Whether a header leaves the first column without a name of its own, as R and pandas write it.
bool is_nameless(std::string_view header);

/// What is said of a first column that is left out, by its first cell and its last.
std::string row_names_note(std::string_view first, std::string_view last);

CsvColumns columns_of(FormattedCsv const& csv, bool is_headed);

}  // namespace fisherlab::runs
