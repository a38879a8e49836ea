#include "runs/data/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"

namespace fisherlab::runs {

std::string_view trimmed(std::string_view text) {
  std::size_t const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Cell parse_cell(std::string_view raw) {
  std::string_view const text = trimmed(raw);
  std::string const shown = clipped(printable(text), 40);
  if (text.empty())
    return {.problem = "is an empty cell (missing values are not supported), remove the row", .is_missing = true};
  if (text == "NA" || text == "N/A")
    return {.problem = fmt::format("'{}' is a missing value (not supported), remove the row", shown),
            .is_missing = true};
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

void CsvTable::fail(std::string const& what) const { throw InputError(fmt::format("'{}' {}", name, what)); }
void CsvTable::fail_at(std::size_t line, std::string const& what) const {
  throw InputError(fmt::format("'{}', line {}: {}", name, line, what));
}

std::vector<std::string> CsvTable::header() const {
  std::vector<std::string> names;
  for (std::string const& cell : records.front().cells) names.push_back(printable(trimmed(cell)));
  return names;
}

std::size_t CsvTable::column(std::string const& wanted) const {
  auto const names = header();
  auto const word = printable(wanted);
  auto const matches = std::count(names.begin(), names.end(), word);
  if (matches == 0) fail(fmt::format("has no column '{}', {}", word, suggestion(word, names)));
  if (matches > 1) fail(fmt::format("has {} columns named '{}', give each its own name", matches, word));
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), word) - names.begin());
}

CsvTable read_csv_table(std::filesystem::path const& path) {
  std::string const bytes = read_bytes(path);
  CsvTable table{.name = path.string(), .records = parse_csv(bytes, path.string())};
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

}  // namespace fisherlab::runs
