#include "runs/data/large_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/files/csv_grid.hpp"
#include "base/files/data_bytes.hpp"
#include "base/text/display_text.hpp"
#include "runs/data/cell.hpp"
#include "runs/data/csv_header.hpp"
#include "runs/data/line_stream.hpp"

namespace fisherlab::runs {
namespace {

using Cells = std::vector<std::string_view>;

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Where the columns stand that are read, and how lines are split.
struct Layout {
  char separator = '\0';
  std::vector<std::string> names = {};
  std::size_t values = none, count = none, event = none;
  bool has_row_names = false;  ///< the first column has no name, and must count the rows
};

/// The one separator of a header; nothing where several may be.
std::optional<char> separator_of(std::string_view header, Reading const& reading) {
  if (reading.separator) return reading.separator;
  char found = '\0';
  for (char const c : {',', ';', '\t', '|'}) {
    if (header.find(c) == std::string_view::npos) continue;
    if (found != '\0') return {};
    found = c;
  }
  return found;
}

/// The place of a name that stands once and is no number; `none` where it does not.
std::size_t place_of(std::string const& wanted, std::vector<std::string> const& names) {
  auto const word = printable(wanted);
  if (std::count(names.begin(), names.end(), word) != 1 || !parse_cell(word).is_text) return none;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), word) - names.begin());
}

std::optional<Layout> layout_of(std::string_view header, ObservationColumns const& columns, Reading const& reading) {
  if (header.starts_with("\xEF\xBB\xBF")) header.remove_prefix(3);
  auto const separator = separator_of(header, reading);
  Cells cells;
  if (!separator || header.starts_with('#') || header.starts_with("sep=") || header.starts_with("SEP=")) return {};
  if (!split_line(header, *separator, cells)) return {};
  Layout layout{*separator};
  for (auto const cell : cells) layout.names.push_back(printable(trimmed(cell)));
  if (cells.size() > 1 && trimmed(cells.back()).empty()) return {};  // lines may end with a separator
  layout.has_row_names = cells.size() > 1 && is_nameless(cells[0]);
  bool is_found = true;
  auto const place = [&](std::optional<std::string> const& name, std::size_t& result) {
    if (!name) return;
    result = place_of(*name, layout.names);
    is_found = is_found && result != none && !(layout.has_row_names && result == 0);
  };
  place(columns.count, layout.count);
  place(columns.event, layout.event);
  place(columns.values, layout.values);
  if (!is_found) return {};
  if (!columns.values)
    for (std::size_t k = layout.has_row_names ? 1 : 0; k < layout.names.size(); ++k) {
      if (k == layout.count || k == layout.event) continue;
      if (layout.values != none) return {};  // which of them is to be told
      layout.values = k;
    }
  bool const is_shared = layout.values == layout.count || layout.values == layout.event ||
                         (layout.count != none && layout.count == layout.event);
  if (layout.values == none || is_shared || !is_certain_name(cells[layout.values])) return {};
  return layout;
}

/// A column that is not read: whether it is of 0 and 1 alone, and has both.
struct Flags {
  bool is_of_flags = true, has_zero = false, has_one = false;

  void see(std::string_view text) {
    if (!is_of_flags) return;
    auto const cell = parse_cell(text);
    is_of_flags = cell.problem.empty() && (cell.value == 0 || cell.value == 1);
    (cell.value == 0 ? has_zero : has_one) = true;
  }
  bool are() const { return is_of_flags && has_zero && has_one; }
};

class Reader {
 public:
  Reader(Layout layout, Reading const& reading) : layout_(std::move(layout)), reading_(reading) {
    flags_.resize(layout_.count == none && layout_.event == none ? layout_.names.size() : 0);
  }

  Observations result = {};

  /// False for a line that is left to the reader of the whole.
  bool take(std::string_view line) {
    if (trimmed(line).empty() || !split_line(line, layout_.separator, cells_) || cells_.size() != layout_.names.size())
      return false;
    if (layout_.has_row_names && !counts_rows()) return false;
    ++rows_;
    if (reading_.skips_missing && misses()) {
      ++missing_;
      return true;
    }
    double value = 0, count = 1, event = 1;
    bool const is_read = number(layout_.values, value) && (layout_.count == none || number(layout_.count, count)) &&
                         (layout_.event == none || number(layout_.event, event));
    if (!is_read || count < 0 || count != std::floor(count) || (event != 0 && event != 1)) return false;
    total_ += count;
    if (total_ > 1e8) return false;
    result.values.insert(result.values.end(), static_cast<std::size_t>(count), value);
    if (layout_.event != none)
      result.is_observed.insert(result.is_observed.end(), static_cast<std::size_t>(count), event == 1);
    for (std::size_t k = 0; k < flags_.size(); ++k)
      if (k != layout_.values) flags_[k].see(cells_[k]);
    is_positive_ = is_positive_ && value > 0;
    return true;
  }

  /// In the order of read_observations().
  void add_notes() {
    auto& notes = result.notes;
    if (layout_.separator != ',' && layout_.separator != '\0' && !(reading_.separator && reading_.decimal))
      notes.push_back(
          fmt::format("Cells are separated by {}, the decimal mark is '.'.", separator_text(layout_.separator)));
    if (layout_.has_row_names)
      notes.push_back(row_names_note(std::to_string(origin_), std::to_string(rows_ - 1 + origin_)));
    if (missing_ > 0) notes.push_back(fmt::format("{} of {} rows miss a value and are left out.", missing_, rows_));
    if (has_truths_) notes.emplace_back("TRUE and FALSE are read as 1 and 0.");
    result.is_counted = layout_.count != none;
    if (result.is_counted)
      notes.push_back(fmt::format("{} rows stand for {} observations by the counts in '{}'.", rows_ - missing_,
                                  result.values.size(), shown(layout_.names[layout_.count])));
    for (std::size_t k = layout_.has_row_names ? 1 : 0; is_positive_ && k < flags_.size(); ++k)
      if (k != layout_.values && flags_[k].are()) {
        notes.push_back(unused_events_note(layout_.names[k]));
        break;
      }
  }

 private:
  bool number(std::size_t place, double& value) {
    auto const text = trimmed(cells_[place]);
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && end == text.data() + text.size() && problem == std::errc()) return std::isfinite(value);
    auto const cell = parse_cell(text);
    has_truths_ = has_truths_ || (cell.is_truth && place == layout_.values);
    value = cell.value;
    return cell.problem.empty();
  }
  bool misses() const {
    return std::ranges::any_of(std::array{layout_.values, layout_.count, layout_.event},
                               [&](std::size_t k) { return k != none && is_missing(cells_[k]); });
  }
  bool counts_rows() {
    std::size_t number = 0;
    auto const text = cells_[0];
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (rows_ == 0) origin_ = number == 0 ? 0 : 1;
    return problem == std::errc() && end == text.data() + text.size() && number == rows_ + origin_;
  }

  Layout layout_;
  Reading reading_;
  Cells cells_;
  std::vector<Flags> flags_;
  std::size_t rows_ = 0, missing_ = 0, origin_ = 1;
  double total_ = 0;
  bool has_truths_ = false, is_positive_ = true;
};

}  // namespace

std::optional<Observations> read_large_file(std::string const& path, ObservationColumns const& columns,
                                            Reading const& reading, std::int64_t least) {
  bool const asks_for_more = columns.lower || columns.upper;
  bool const is_plain = reading.decimal.value_or('.') == '.' && reading.has_header.value_or(true);
  std::error_code error;
  if (asks_for_more || !is_plain || path == "-" || !std::filesystem::is_regular_file(path, error)) return {};
  auto const size = std::filesystem::file_size(path, error);
  if (error || size < static_cast<std::uintmax_t>(least)) return {};
  std::size_t lines = 0;
  std::optional<Layout> layout;
  bool const is_read = for_each_line(path, [&](std::string_view line) {
    if (lines == 0 && !(layout = layout_of(line, columns, reading))) return false;
    ++lines;
    return true;
  });
  if (!is_read || lines < 2) return {};
  Reader reader(*layout, reading);
  reader.result.name = data_name(path);
  if (!columns.count) reader.result.values.reserve(lines - 1);
  if (columns.event && !columns.count) reader.result.is_observed.reserve(lines - 1);
  bool is_first = true;
  bool const is_whole = for_each_line(path, [&](std::string_view line) {
    if (is_first) return !(is_first = false);
    return reader.take(line);
  });
  if (!is_whole || reader.result.values.empty()) return {};
  reader.add_notes();
  return std::move(reader.result);
}

}  // namespace fisherlab::runs
