#include "runs/data/large_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/files/data_bytes.hpp"
#include "runs/data/cell.hpp"
#include "runs/data/csv_header.hpp"

namespace fisherlab::runs {
namespace {

using Cells = std::vector<std::string_view>;

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Where the columns stand that are read.
struct Places {
  std::size_t values = none, count = none, event = none;
  std::size_t upper = none;  ///< `values` is then that of the lower ends

  std::array<std::size_t, 4> all() const { return {values, count, event, upper}; }
  bool are_apart() const {
    auto const places = all();
    for (std::size_t j = 0; j < places.size(); ++j)
      for (std::size_t k = 0; k < j; ++k)
        if (places[j] != none && places[j] == places[k]) return false;
    return true;
  }
};

std::optional<Places> places_in(PlainFile const& file, ObservationColumns const& columns) {
  auto const& header = file.header();
  Places places;
  bool is_found = true;
  auto const find = [&](std::optional<std::string> const& name, std::size_t& result) {
    if (!name) return;
    result = plain_place(*name, header.names).value_or(none);
    is_found = is_found && result != none && !(header.has_row_names && result == 0);
  };
  find(columns.count, places.count);
  find(columns.event, places.event);
  find(columns.upper, places.upper);
  find(columns.lower ? columns.lower : columns.values, places.values);
  if (!is_found) return {};
  if (!columns.values && !columns.lower)
    for (std::size_t k = header.has_row_names ? 1 : 0; k < header.names.size(); ++k) {
      if (k == places.count || k == places.event) continue;
      if (places.values != none) return {};  // which of them is to be told
      places.values = k;
    }
  if (places.values == none || !places.are_apart()) return {};
  return is_certain_name(header.names[places.values]) ? std::optional(places) : std::nullopt;
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
  Reader(PlainFile const& file, Places const& places, Reading const& reading)
      : file_(file), places_(places), skips_missing_(reading.skips_missing) {
    bool const is_alone = places_.count == none && places_.event == none && places_.upper == none;
    flags_.resize(is_alone ? file.header().names.size() : 0);
    if (places_.count != none) return;
    result.values.reserve(file.rows());
    if (places_.event != none || places_.upper != none) result.is_observed.reserve(file.rows());
    if (places_.upper != none) result.uppers.reserve(file.rows());
  }

  Observations result = {};

  /// False for a row that is left to the reader of the whole.
  bool take(Cells const& cells) {
    if (file_.header().has_row_names && !numbers_.is_next(cells[0])) return false;
    ++rows_;
    if (skips_missing_ && misses(cells)) {
      ++missing_;
      return true;
    }
    double count = 1;
    if (places_.count != none && !number(cells, places_.count, count)) return false;
    total_ += count;
    if (count < 0 || count != std::floor(count) || total_ > 1e8) return false;
    auto const times = static_cast<std::size_t>(count);
    return places_.upper != none ? take_ends(cells, times) : take_value(cells, times);
  }

  /// In the order of read_observations().
  void add_notes() {
    auto& notes = result.notes;
    auto const& names = file_.header().names;
    if (auto note = file_.separator_note()) notes.push_back(std::move(*note));
    if (file_.header().has_row_names) notes.push_back(numbers_.note());
    if (missing_ > 0) notes.push_back(fmt::format("{} of {} rows miss a value and are left out.", missing_, rows_));
    if (has_truths_) notes.emplace_back("TRUE and FALSE are read as 1 and 0.");
    result.is_counted = places_.count != none;
    if (result.is_counted)
      notes.push_back(fmt::format("{} rows stand for {} observations by the counts in '{}'.", rows_ - missing_,
                                  result.values.size(), shown(names[places_.count])));
    for (std::size_t k = file_.header().has_row_names ? 1 : 0; is_positive_ && k < flags_.size(); ++k)
      if (k != places_.values && flags_[k].are()) {
        notes.push_back(unused_events_note(names[k]));
        break;
      }
  }

 private:
  bool take_value(Cells const& cells, std::size_t times) {
    double value = 0, event = 1;
    bool const is_read =
        number(cells, places_.values, value) && (places_.event == none || number(cells, places_.event, event));
    if (!is_read || (event != 0 && event != 1)) return false;
    result.values.insert(result.values.end(), times, value);
    if (places_.event != none) result.is_observed.insert(result.is_observed.end(), times, event == 1);
    for (std::size_t k = 0; k < flags_.size(); ++k)
      if (k != places_.values) flags_[k].see(cells[k]);
    is_positive_ = is_positive_ && value > 0;
    return true;
  }
  bool take_ends(Cells const& cells, std::size_t times) {
    double lower = -HUGE_VAL, upper = HUGE_VAL;
    bool const is_read = (is_no_end(cells[places_.values], lower) || number(cells, places_.values, lower)) &&
                         (is_no_end(cells[places_.upper], upper) || number(cells, places_.upper, upper));
    if (!is_read || lower > upper || (std::isinf(lower) && std::isinf(upper))) return false;
    result.values.insert(result.values.end(), times, lower);
    result.uppers.insert(result.uppers.end(), times, upper);
    result.is_observed.insert(result.is_observed.end(), times, lower == upper);
    return true;
  }
  bool number(Cells const& cells, std::size_t place, double& value) {
    auto const text = trimmed(cells[place]);
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && end == text.data() + text.size() && problem == std::errc()) return std::isfinite(value);
    auto const cell = parse_cell(text);
    has_truths_ = has_truths_ || (cell.is_truth && place == places_.values && places_.upper == none);
    value = cell.value;
    return cell.problem.empty();
  }
  bool misses(Cells const& cells) const {
    bool const has_ends = places_.upper != none;  // an end may be missing
    return std::ranges::any_of(std::array{has_ends ? none : places_.values, places_.count, places_.event},
                               [&](std::size_t k) { return k != none && is_missing(cells[k]); });
  }

  PlainFile const& file_;
  Places places_;
  bool skips_missing_;
  RowCount numbers_;
  std::vector<Flags> flags_;
  std::size_t rows_ = 0, missing_ = 0;
  double total_ = 0;
  bool has_truths_ = false, is_positive_ = true;
};

}  // namespace

std::optional<Observations> read_large_file(std::string const& path, ObservationColumns const& columns,
                                            Reading const& reading, std::int64_t least) {
  auto const file = PlainFile::open(path, reading, least);
  if (!file) return {};
  auto const places = places_in(*file, columns);
  if (!places) return {};
  Reader reader(*file, *places, reading);
  reader.result.name = data_name(path);
  bool const is_whole = file->for_each_row([&](Cells const& cells) { return reader.take(cells); });
  if (!is_whole || reader.result.values.empty()) return {};
  reader.add_notes();
  forget_needless_uppers(reader.result);
  return std::move(reader.result);
}

}  // namespace fisherlab::runs
