#include "runs/data/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/expects.hpp"
#include "base/files/data_bytes.hpp"
#include "base/files/forget_pages.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "runs/data/csv_header.hpp"

namespace fisherlab::runs {

void CsvTable::fail(std::string const& what) const { throw InputError(fmt::format("'{}' {}", name_, what)); }
void CsvTable::fail_at(std::size_t line, std::string const& what) const {
  throw InputError(fmt::format("'{}', line {}: {}", name_, line, what));
}

CsvTable::CsvTable(std::string const& path, Reading const& reading, std::vector<std::string> const& wanted)
    : name_(data_name(path)),
      bytes_(std::make_shared<std::string const>(read_data_bytes(path))),
      kept_from_(bytes_->data()),
      csv_(format_csv(*bytes_, name_, reading)),
      skips_missing_(reading.skips_missing),
      is_told_(reading.has_header.has_value()) {
  if (csv_.grid.records() == 0) fail("is empty, give a header line and one number a line");
  bool const is_short = has_short_header(csv_.grid);
  if (!is_short) check_lengths(0);
  is_headed_ = is_short || (reading.has_header ? *reading.has_header : runs::has_header(csv_, name_, wanted));
  auto columns = columns_of(csv_, is_headed_);
  names_ = std::move(columns.names);
  places_ = std::move(columns.places);
  note_format(reading);
  std::size_t blank = 0;
  for (std::size_t k = is_headed_ ? 1 : 0; k < csv_.grid.records(); ++k) {
    bool const is_left_out = csv_.separator != '\0' && is_blank(csv_.grid, k);
    blank += is_left_out;
    if (is_left_out) continue;
    rows_.push_back(k);
    numbers_.push_back(static_cast<int>(rows_.size()));
  }
  if (blank > 0) notes_.push_back(fmt::format("{} empty line{} left out.", blank, blank == 1 ? " is" : "s are"));
  notes_.insert(notes_.end(), columns.notes.begin(), columns.notes.end());
}

void CsvTable::note_format(Reading const& reading) {
  if (csv_.comments > 0)
    notes_.push_back(fmt::format("{} at the top that begin{} with '#' {} left out.",
                                 csv_.comments == 1 ? "1 line" : fmt::format("{} lines", csv_.comments),
                                 csv_.comments == 1 ? "s" : "", csv_.comments == 1 ? "is" : "are"));
  bool const is_usual = (csv_.separator == ',' || csv_.separator == '\0') && csv_.decimal == '.';
  bool const is_given = reading.separator && reading.decimal;
  if (is_usual || is_given) return;
  notes_.push_back(csv_.separator == '\0' ? fmt::format("The decimal mark is '{}'.", csv_.decimal)
                                          : fmt::format("Cells are separated by {}, the decimal mark is '{}'.",
                                                        separator_text(csv_.separator), csv_.decimal));
}

void CsvTable::check_lengths(std::size_t first) {
  auto const& grid = csv_.grid;
  std::size_t const wanted = grid.cells(first).size();
  for (std::size_t k = first; k < grid.records(); ++k) {
    auto const cells = grid.cells(k);
    bool const is_blank_among_several = wanted > 1 && is_blank(grid, k);
    if (cells.size() == wanted || is_blank_among_several) continue;
    auto const count_text = [](std::size_t count) { return fmt::format("{} cell{}", count, count == 1 ? "" : "s"); };
    fail_at(grid.line(k), fmt::format("has {} where line {} has {} (cells are separated by {}; {}), correct it or name "
                                      "the separator with --sep",
                                      count_text(cells.size()), grid.line(first), wanted,
                                      separator_text(csv_.separator), what_is_odd(k)));
  }
}

std::string CsvTable::what_is_odd(std::size_t record) const {
  auto const cells = csv_.grid.cells(record);
  if (cells[0].starts_with('#')) return "lines that begin with '#' are left out at the top alone";
  for (char const other : {';', '\t', '|', ','})
    for (auto const cell : cells)
      if (cell.find(other) != std::string_view::npos && other != csv_.separator)
        return fmt::format("{} stands in this line", separator_text(other));
  return "one too many or too few";
}

std::size_t CsvTable::column(std::string const& wanted) const {
  auto const word = printable(wanted);
  auto const matches = std::count(names_.begin(), names_.end(), word);
  if (matches == 0) fail(fmt::format("has no column '{}', {}", word, suggestion(word, names_)));
  if (matches > 1) fail(fmt::format("has {} columns named '{}', give each its own name", matches, word));
  return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), word) - names_.begin());
}

void CsvTable::forget_before(std::size_t row) {
  if (bytes_.use_count() > 1) return;
  auto const* const end = csv_.grid.begin_of(rows_[row]);
  kept_from_ = forget_pages(kept_from_, end);
}

void CsvTable::treat_missing(std::vector<std::size_t> const& columns) {
  auto const misses = [&](std::size_t row) {
    return std::any_of(columns.begin(), columns.end(), [&](std::size_t k) { return is_missing(text(row, k)); });
  };
  std::vector<std::size_t> kept_rows;
  std::vector<int> kept_numbers;
  std::size_t first = rows();
  for (std::size_t row = 0; row < rows(); ++row) {
    if (misses(row)) {
      first = std::min(first, row);
      continue;
    }
    kept_rows.push_back(rows_[row]);
    kept_numbers.push_back(numbers_[row]);
  }
  std::size_t const missing = rows() - kept_rows.size();
  if (missing == 0) return;
  if (!skips_missing_) {
    auto const at = *std::find_if(columns.begin(), columns.end(), [&](auto k) { return is_missing(text(first, k)); });
    auto const cell = trimmed(text(first, at));
    fail_at(line(first),
            fmt::format("{} of {} rows miss a value (this is the first: {}), give the values or leave such "
                        "rows out with --missing skip",
                        missing, rows(), cell.empty() ? "an empty cell" : "'" + shown(cell) + "'"));
  }
  notes_.push_back(fmt::format("{} of {} rows miss a value and are left out.", missing, rows()));
  rows_ = std::move(kept_rows);
  numbers_ = std::move(kept_numbers);
  if (rows_.empty()) fail("has no row without a missing value, give some");
}

}  // namespace fisherlab::runs
