#include "cli/data_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>

#include "cli/nearest.hpp"
#include "reports/csv_reader.hpp"
#include "reports/display_text.hpp"
#include "sim/expects.hpp"

namespace fisherlab::cli {
namespace {

using reports::CsvRecord;

std::string_view trimmed(std::string_view text) {
  std::size_t const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The number in a cell and what is wrong with it, empty if nothing. Not a number at all: `is_text`.
struct Cell {
  double value = 0;
  std::string problem;
  bool is_text = false;
};

Cell parse_cell(std::string_view raw) {
  std::string_view const text = trimmed(raw);
  std::string const shown = reports::clipped(reports::printable(text), 40);
  if (text.empty()) return {.problem = "is an empty cell (missing values are not supported), remove the row"};
  if (text == "NA" || text == "N/A")
    return {.problem = fmt::format("'{}' is a missing value (not supported), remove the row", shown)};
  bool const has_plus = text.starts_with('+') && !text.starts_with("+-");
  char const* const last = text.data() + text.size();
  Cell cell;
  auto const [end, error] = std::from_chars(text.data() + has_plus, last, cell.value);
  if (error == std::errc::invalid_argument || end != last) {
    bool const has_decimal_comma =
        text.find(',') != std::string_view::npos && text.find_first_not_of("+-0123456789,") == std::string_view::npos;
    cell.is_text = true;
    cell.problem = fmt::format("'{}' is not a number, {}", shown,
                               has_decimal_comma ? "write the decimal point as '.'" : "correct it or remove the row");
  } else if (error == std::errc::result_out_of_range) {
    cell.problem = fmt::format("'{}' is outside the range of a double, rescale the data", shown);
  } else if (!std::isfinite(cell.value)) {
    cell.problem = fmt::format("'{}' is not finite, correct it or remove the row", shown);
  }
  return cell;
}

/// The records of a file with its name, to say where something is wrong.
struct Table {
  std::string name;
  std::vector<CsvRecord> records;

  [[noreturn]] void fail(std::string const& what) const { throw InputError(fmt::format("'{}' {}", name, what)); }
  [[noreturn]] void fail_at(std::size_t line, std::string const& what) const {
    throw InputError(fmt::format("'{}', line {}: {}", name, line, what));
  }
};

Table read_table(std::filesystem::path const& path) {
  std::string const bytes = reports::read_bytes(path);
  Table table{.name = path.string(), .records = reports::parse_csv(bytes, path.string())};
  if (table.records.empty()) table.fail("is empty, give a header line and one number a line");
  std::size_t const columns = table.records.front().cells.size();
  for (CsvRecord const& record : table.records) {
    if (record.cells.size() == columns) continue;
    table.fail_at(record.line,
                  fmt::format("has {} cells where line {} has {} (a comma too many or too few), correct it",
                              record.cells.size(), table.records.front().line, columns));
  }
  return table;
}

/// Whether the first record names the columns: some cell is text, or is the very name that was asked for.
bool has_header(std::vector<std::string> const& first, std::optional<std::string> const& column) {
  return std::any_of(first.begin(), first.end(), [&](std::string const& cell) {
    return parse_cell(cell).is_text || (column && trimmed(cell) == *column);
  });
}

/// Index of the column to read in a table with header.
std::size_t find_column(Table const& table, std::optional<std::string> const& column) {
  std::vector<std::string> names;
  for (std::string const& cell : table.records.front().cells) names.push_back(reports::printable(trimmed(cell)));
  std::string const wanted = column ? reports::printable(*column) : "";
  if (!column) {
    if (names.size() > 1)
      table.fail(fmt::format("has {} columns, choose one with --column: {}", names.size(), fmt::join(names, ", ")));
    bool const is_separated_otherwise = names[0].find(';') != std::string::npos;
    if (is_separated_otherwise)
      table.fail("has a ';' in its header (cells are separated by commas), save it with commas");
    return 0;
  }
  auto const matches = std::count(names.begin(), names.end(), wanted);
  if (matches == 0) table.fail(fmt::format("has no column '{}', {}", wanted, suggestion(wanted, names)));
  if (matches > 1) table.fail(fmt::format("has {} columns named '{}', give each its own name", matches, wanted));
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), wanted) - names.begin());
}

}  // namespace

std::vector<double> read_column(std::filesystem::path const& path, std::optional<std::string> const& column) {
  Table const table = read_table(path);
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

}  // namespace fisherlab::cli
