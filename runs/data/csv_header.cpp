#include "runs/data/csv_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "runs/data/cell.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t looked_at = 1000;  ///< rows that say of what kind a column is

/// What stands in a column below the first record.
struct Below {
  bool has_number = false;
  bool has_other_text = false;
};

Below below(FormattedCsv const& csv, std::size_t column) {
  Below found;
  for (std::size_t k = 1; k < std::min(csv.grid.records(), looked_at); ++k) {
    auto const cells = csv.grid.cells(k);
    if (column >= cells.size() || is_missing(cells[column])) continue;
    auto const is_text = parse_cell(cells[column], csv.decimal).is_text;
    found.has_number = found.has_number || !is_text;
    found.has_other_text = found.has_other_text || is_text;
  }
  return found;
}

/// A column of nothing, as lines that end with a separator make it.
bool is_empty(FormattedCsv const& csv, std::size_t column, std::size_t first) {
  for (std::size_t k = first; k < csv.grid.records(); ++k) {
    if (is_blank(csv.grid, k)) continue;
    auto const cells = csv.grid.cells(k);
    if (column >= cells.size() || !trimmed(cells[column]).empty()) return false;
  }
  return true;
}

[[noreturn]] void refuse_doubtful(FormattedCsv const& csv, std::string_view name, std::string_view cell) {
  throw InputError(
      fmt::format("'{}', line {}: '{}' may name a column or be a datum (whether the first line is a header "
                  "is not certain), say --header yes or --header no",
                  name, csv.grid.line(0), shown(cell)));
}

}  // namespace

bool is_certain_name(std::string_view raw) {
  auto const text = trimmed(raw);
  if (text.empty() || is_missing(text)) return false;
  auto const first = static_cast<unsigned char>(text.front());
  bool const is_letter = std::isalpha(first) || first == '_' || (first >= 0xC3 && first != 0xE2);
  std::string small;
  for (char const c : text) small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  constexpr std::array<std::string_view, 9> data = {"nd",   "n.d.",    "n.a.", "bdl",     "lod",
                                                    "none", "missing", "inf",  "infinity"};
  return is_letter && std::find(data.begin(), data.end(), small) == data.end() && parse_cell(text).is_text;
}

bool is_nameless(std::string_view header) {
  constexpr std::array<std::string_view, 5> names = {"", "Unnamed: 0", "rownames", "row.names", "row_names"};
  return std::find(names.begin(), names.end(), trimmed(header)) != names.end();
}

std::string row_names_note(std::string_view first, std::string_view last) {
  return fmt::format("The first column ('{}' to '{}') numbers or names the rows and is left out.", shown(first),
                     shown(last));
}

bool has_header(FormattedCsv const& csv, std::string_view name, std::vector<std::string> const& wanted) {
  auto const first = csv.grid.cells(0);
  bool has_text = false, is_name_over_numbers = false, is_number_over_numbers = false, all_names = true;
  std::string_view doubtful;
  for (std::size_t k = 0; k < first.size(); ++k) {
    auto const cell = trimmed(first[k]);
    bool const is_text = parse_cell(cell, csv.decimal).is_text;
    bool const is_wanted =
        std::any_of(wanted.begin(), wanted.end(), [&](auto const& w) { return printable(cell) == printable(w); });
    if (is_wanted && is_text) return true;
    if (is_wanted) refuse_doubtful(csv, name, cell);
    bool const named = is_certain_name(cell);
    auto const column = below(csv, k);
    has_text = has_text || is_text;
    all_names = all_names && (named || cell.empty());
    is_name_over_numbers = is_name_over_numbers || (named && column.has_number);
    is_number_over_numbers = is_number_over_numbers || (!is_text && !is_missing(cell) && column.has_number);
    if (is_text && doubtful.empty() && (column.has_number || !named)) doubtful = cell;
  }
  if (!has_text) return false;
  if (is_name_over_numbers && !is_number_over_numbers) return true;
  if (all_names) return true;
  bool const words_as_below = doubtful.empty();  // texts over texts beside numbers over numbers
  if (words_as_below) return false;
  refuse_doubtful(csv, name, doubtful);
}

CsvColumns columns_of(FormattedCsv const& csv, bool is_headed) {
  CsvColumns columns;
  auto const& grid = csv.grid;
  auto const header = grid.cells(0);
  std::size_t const first = is_headed ? 1 : 0;
  std::size_t const all = first < grid.records() ? std::max(grid.cells(first).size(), header.size()) : header.size();
  bool const is_short = is_headed && header.size() + 1 == all && has_short_header(grid);
  bool const ends_empty = all > 1 && is_empty(csv, all - 1, first) &&
                          (is_short || !is_headed || trimmed(header.back()).empty()) && first < grid.records();
  auto const rows = is_headed && all > 1 && first < grid.records() ? row_names_in(grid, 0, first) : RowNames::none;
  bool const has_row_names = rows != RowNames::none && ((is_short && !ends_empty) || is_nameless(header[0]));
  std::size_t const shift = is_short && !ends_empty ? 1 : 0;
  for (std::size_t k = has_row_names ? 1 : 0; k < all - (ends_empty ? 1 : 0); ++k) {
    columns.places.push_back(k);
    columns.names.push_back(is_headed ? printable(trimmed(header[k - shift])) : std::to_string(k + 1));
  }
  if (has_row_names) columns.notes.push_back(row_names_note(grid.cells(first)[0], grid.cells(grid.records() - 1)[0]));
  if (ends_empty) columns.notes.emplace_back("The last column is empty (lines end with a separator) and is left out.");
  return columns;
}

}  // namespace fisherlab::runs
