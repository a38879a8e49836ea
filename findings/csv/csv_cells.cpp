#include "findings/csv/csv_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab {
namespace {

std::string shown(std::string_view text) { return clipped(printable(text), 40); }

void check_header(CsvRecord const& header, std::span<std::string const> columns, std::string_view file) {
  for (std::size_t k = 0; k < std::max(columns.size(), header.cells.size()); ++k) {
    std::string_view const is = k < header.cells.size() ? std::string_view(header.cells[k]) : "";
    std::string_view const should = k < columns.size() ? std::string_view(columns[k]) : "";
    expects(is == should,
            fmt::format("'{}', line {}: column {} is '{}' where '{}' should be (another program or version wrote it), "
                        "repeat the run",
                        file, header.line, k + 1, shown(is), should));
  }
}

}  // namespace

template <class Number>
Number CsvCells::number_in(std::string const& cell) const {
  Number number{};
  char const* const last = cell.data() + cell.size();
  auto const [end, error] = std::from_chars(cell.data(), last, number);
  if (error != std::errc() || end != last) fail("is no number");
  return number;
}

void CsvCells::take(double& number) { number = number_in<double>(next()); }
void CsvCells::take(std::int64_t& number) { number = number_in<std::int64_t>(next()); }
void CsvCells::take(int& number) { number = number_in<int>(next()); }

void CsvCells::take(std::optional<double>& number) {
  auto const& cell = next();
  number = cell.empty() ? std::nullopt : std::optional(number_in<double>(cell));
}

void CsvCells::take(Estimated& number) {
  std::optional<double> value, mcse;
  take(value);
  take(mcse);
  if (mcse && !value) fail("stands without the cell beside it");
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  number = {value.value_or(undefined), mcse.value_or(undefined)};
}

void CsvCells::take(std::optional<Estimated>& number) {
  std::optional<double> value, mcse;
  take(value);
  take(mcse);
  if (mcse && !value) fail("stands without the cell beside it");
  number =
      value ? std::optional(Estimated{*value, mcse.value_or(std::numeric_limits<double>::quiet_NaN())}) : std::nullopt;
}

void CsvCells::fail(std::string_view what) const {
  fail_line(file_, line_, fmt::format("{} '{}' {}", columns_[index_ - 1], shown(line_.cells[index_ - 1]), what));
}

void fail_line(std::string_view file, CsvRecord const& line, std::string_view what) {
  throw InputError(fmt::format("'{}', line {}: {} (the file is damaged), repeat the run", file, line.line, what));
}

std::vector<CsvRecord> table_lines(std::string_view bytes, std::string_view file,
                                   std::span<std::string const> columns) {
  expects(!bytes.empty(), fmt::format("'{}', line 1: the file is empty (it was cut short), repeat the run", file));
  expects(bytes.back() == '\n',
          fmt::format("'{}', line {}: the last line has no end (the file was cut short), repeat the run", file,
                      1 + std::count(bytes.begin(), bytes.end(), '\n')));
  auto lines = parse_csv(bytes, file);
  expects(!lines.empty(), fmt::format("'{}', line 1: holds no header (the file is damaged), repeat the run", file));
  check_header(lines.front(), columns, file);
  lines.erase(lines.begin());
  for (auto const& line : lines)
    if (line.cells.size() != columns.size())
      fail_line(file, line, fmt::format("has {} cells where {} should be", line.cells.size(), columns.size()));
  return lines;
}

}  // namespace fisherlab
