#include "runs/data/data_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <span>

#include "runs/data/csv_table.hpp"

namespace fisherlab::runs {
namespace {

/// Whether the first record names the columns: some cell is text, or is the very name that was asked for.
bool has_header(std::vector<std::string> const& first, std::optional<std::string> const& column) {
  return std::any_of(first.begin(), first.end(), [&](std::string const& cell) {
    return parse_cell(cell).is_text || (column && trimmed(cell) == *column);
  });
}

/// Index of the column to read in a table with header.
std::size_t find_column(CsvTable const& table, std::optional<std::string> const& column) {
  if (column) return table.column(*column);
  auto const names = table.header();
  if (names.size() > 1)
    table.fail(fmt::format("has {} columns, choose one with --column: {}", names.size(), fmt::join(names, ", ")));
  bool const is_separated_otherwise = names[0].find(';') != std::string::npos;
  if (is_separated_otherwise)
    table.fail("has a ';' in its header (cells are separated by commas), save it with commas");
  return 0;
}

}  // namespace

std::vector<double> read_column(std::filesystem::path const& path, std::optional<std::string> const& column) {
  CsvTable const table = read_csv_table(path);
  CsvRecord const& first = table.records.front();
  bool const is_headed = has_header(first.cells, column);
  if (!is_headed && first.cells.size() > 1)
    table.fail(fmt::format("has {} columns and no header line, add one that names them", first.cells.size()));
  if (!is_headed && column)
    table.fail(fmt::format("has no column '{}' (it is one column without a header line), leave --column out", *column));

  std::size_t const index = is_headed ? find_column(table, column) : 0;
  std::vector<double> values;
  for (CsvRecord const& record : std::span(table.records).subspan(is_headed ? 1 : 0)) {
    Cell const cell = parse_cell(record.cells[index]);
    if (!cell.problem.empty()) table.fail_at(record.line, cell.problem);
    values.push_back(cell.value);
  }
  if (values.empty()) table.fail("has a header line and no data rows, add one number a line");
  return values;
}

}  // namespace fisherlab::runs
