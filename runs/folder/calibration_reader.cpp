#include "runs/folder/calibration_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::array columns{"claim",    "model",   "defect",       "size",  "runs",
                             "verified", "refuted", "inconclusive", "lower", "upper"};

template <class Number>
bool read_number(std::string const& cell, Number& number) {
  auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return error == std::errc() && end == cell.data() + cell.size();
}

std::optional<CalibrationRow> row_of(std::vector<std::string> const& cells) {
  if (cells.size() != columns.size()) return {};
  CalibrationRow row{.claim = cells[0], .model = cells[1]};
  bool known = false;
  for (auto const kind : {DefectKind::none, DefectKind::information, DefectKind::score, DefectKind::shift})
    if (to_string(kind) == cells[2]) {
      row.defect = kind;
      known = true;
    }
  if (row.model.ends_with(" control")) row.expected = Expectation::refuted;
  bool const counted = read_number(cells[3], row.size) && read_number(cells[4], row.runs) &&
                       read_number(cells[5], row.verified) && read_number(cells[6], row.refuted) &&
                       read_number(cells[7], row.inconclusive);
  bool const possible = row.runs > 0 && row.verified >= 0 && row.refuted >= 0 && row.inconclusive >= 0 &&
                        row.verified <= row.runs && row.refuted <= row.runs && row.inconclusive <= row.runs;
  return known && counted && possible ? std::optional(row) : std::nullopt;
}

}  // namespace

std::vector<CalibrationRow> read_calibration(std::filesystem::path const& folder, std::optional<std::int64_t> written) {
  auto const path = folder / "calibration.csv";
  auto const name = printable(path.string());
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    expects(!written, fmt::format("'{}' does not exist (the run wrote it), restore it or repeat the run", name));
    return {};
  }
  auto const bytes = read_bytes(path);
  auto const records = parse_csv(bytes, name);
  bool header = !records.empty() && records.front().cells.size() == columns.size();
  for (std::size_t i = 0; header && i < columns.size(); ++i) header = records.front().cells[i] == columns[i];
  expects(header, fmt::format("'{}', line 1: the columns are not those of calibration.csv (the file is cut short or "
                              "another), repeat the run",
                              name));
  bool const whole = bytes.ends_with('\n') && (!written || std::cmp_equal(records.size() - 1, *written));
  expects(whole, fmt::format("'{}', line {}: the file ends too early (it was cut short), repeat the run", name,
                             1 + std::count(bytes.begin(), bytes.end(), '\n')));
  std::vector<CalibrationRow> rows;
  for (std::size_t i = 1; i < records.size(); ++i) {
    auto const row = row_of(records[i].cells);
    expects(row.has_value(), fmt::format("'{}', line {}: this is no row of calibration.csv (the file is damaged), "
                                         "repeat the run",
                                         name, records[i].line));
    if (row->defect != DefectKind::none || row->size == 0) rows.push_back(*row);
  }
  return rows;
}

}  // namespace fisherlab::runs
