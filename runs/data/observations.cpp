#include "runs/data/observations.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/text/number.hpp"
#include "runs/data/cell.hpp"
#include "runs/data/csv_table.hpp"
#include "runs/data/large_file.hpp"

namespace fisherlab::runs {
namespace {

constexpr double most_observations = 1e8;

/// Places of the columns that are asked for; `values` is the only other one where it has no name.
struct Places {
  std::size_t values = 0;
  std::optional<std::size_t> count;
  std::optional<std::size_t> event;
  std::optional<std::size_t> upper;  ///< `values` is then that of the lower ends

  /// Those in which a missing value is none: an end may be missing.
  std::vector<std::size_t> needed() const {
    std::vector<std::size_t> result;
    if (!upper) result.push_back(values);
    if (count) result.push_back(*count);
    if (event) result.push_back(*event);
    return result;
  }
};

/// The column of observations where none was named.
std::size_t only_column(CsvTable const& table, Places const& places) {
  std::vector<std::size_t> left;
  for (std::size_t k = 0; k < table.columns(); ++k)
    if (places.count != k && places.event != k) left.push_back(k);
  if (left.empty()) table.fail("has no column left for the observations, name one with --column");
  if (left.size() == 1) return left[0];
  if (!table.has_header())
    table.fail(
        fmt::format("has {} columns and no header line, add one that names them, or choose by number with "
                    "--header no --column 1",
                    table.columns()));
  std::vector<std::string> names;
  for (std::size_t const k : left) names.push_back(shown(table.names()[k]));
  table.fail(fmt::format("has {} columns, choose one with --column: {}", names.size(), fmt::join(names, ", ")));
}

std::optional<std::size_t> place_of(CsvTable const& table, std::optional<std::string> const& name) {
  if (!name) return {};
  bool const is_lone = !table.has_header() && table.columns() == 1 && *name != "1";
  if (is_lone)
    table.fail(
        fmt::format("has no column '{}' (it is one column without a header line), leave --column out", shown(*name)));
  return table.column(*name);
}

Places places_in(CsvTable const& table, ObservationColumns const& columns) {
  Places places;
  places.count = place_of(table, columns.count);
  places.event = place_of(table, columns.event);
  places.upper = place_of(table, columns.upper);
  auto const values = place_of(table, columns.lower ? columns.lower : columns.values);
  places.values = values ? *values : only_column(table, places);
  bool const is_shared = places.count == places.values || places.event == places.values ||
                         places.upper == places.values || (places.count && places.count == places.event) ||
                         (places.count && places.count == places.upper);
  if (is_shared)
    table.fail(
        "has one column for two things (--column or --lower and --upper, --count, --event name different ones), "
        "name each");
  return places;
}

/// A number of the table. @throws InputError
double number_at(CsvTable const& table, std::size_t row, std::size_t column, bool& has_truths) {
  auto const cell = table.cell(row, column);
  if (!cell.problem.empty()) table.fail_at(table.line(row), cell.problem);
  has_truths = has_truths || cell.is_truth;
  return cell.value;
}

std::size_t count_at(CsvTable const& table, std::size_t row, std::size_t column, double& total) {
  bool truth = false;
  double const count = number_at(table, row, column, truth);
  if (count < 0 || count != std::floor(count))
    table.fail_at(table.line(row),
                  fmt::format("the count is {} (not a whole number from 0 on), correct it", exact_text(count)));
  total += count;
  if (total > most_observations)
    table.fail_at(table.line(row), "the counts add up to over 100 million observations (too many), give fewer");
  return static_cast<std::size_t>(count);
}

bool event_at(CsvTable const& table, std::size_t row, std::size_t column) {
  auto const cell = table.cell(row, column);
  if (cell.is_text)
    table.fail_at(table.line(row),
                  fmt::format("the event is '{}' (neither 1, observed, nor 0, a survivor), write 1 and "
                              "0, or TRUE and FALSE",
                              shown(table.text(row, column))));
  bool truth = false;
  double const event = number_at(table, row, column, truth);
  if (event != 0 && event != 1)
    table.fail_at(
        table.line(row),
        fmt::format("the event is {} (neither 1, observed, nor 0, a survivor), {}", exact_text(event),
                    event == 2 ? "write 1 for 2 and 0 for 1 where these are R's codes of an end and a survivor"
                               : "correct it"));
  return event == 1;
}

/// An end of where an observation lies: infinite where it is missing, or said to be.
double end_at(CsvTable const& table, std::size_t row, std::size_t column, double none) {
  bool truth = false;
  return is_no_end(table.text(row, column), none) ? none : number_at(table, row, column, truth);
}

/// Both ends of where the observation of a row lies.
void add_ends(CsvTable const& table, Places const& places, std::size_t row, std::size_t times, Observations& result) {
  double const lower = end_at(table, row, places.values, -HUGE_VAL),
               upper = end_at(table, row, *places.upper, HUGE_VAL);
  if (lower == -HUGE_VAL && upper == HUGE_VAL)
    table.fail_at(table.line(row),
                  "has neither a lower nor an upper end (it says nothing), give one or remove the row");
  if (lower > upper)
    table.fail_at(table.line(row), fmt::format("the lower end {} is above the upper end {}, correct one",
                                               exact_text(lower), exact_text(upper)));
  result.values.insert(result.values.end(), times, lower);
  result.uppers.insert(result.uppers.end(), times, upper);
  result.is_observed.insert(result.is_observed.end(), times, lower == upper);
}

/// Whether a column holds 0 and 1 alone, and both.
bool is_of_zeros_and_ones(CsvTable const& table, std::size_t column) {
  bool has_zero = false, has_one = false;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const cell = table.cell(row, column);
    if (!cell.problem.empty() || (cell.value != 0 && cell.value != 1)) return false;
    has_zero = has_zero || cell.value == 0;
    has_one = has_one || cell.value == 1;
  }
  return has_zero && has_one;
}

/// A column that may tell survivors, beside numbers above 0 that may be lives, and that is not used.
void note_unused_events(CsvTable const& table, Places const& places, Observations& result) {
  if (places.event || places.count || places.upper || !table.has_header()) return;
  if (std::ranges::any_of(result.values, [](double x) { return x <= 0; })) return;
  for (std::size_t k = 0; k < table.columns(); ++k)
    if (k != places.values && is_of_zeros_and_ones(table, k)) {
      result.notes.push_back(unused_events_note(table.names()[k]));
      return;
    }
}

}  // namespace

void forget_needless_uppers(Observations& result) {
  for (std::size_t i = 0; i < result.uppers.size(); ++i)
    if (!result.is_observed[i] && result.uppers[i] < HUGE_VAL) return;
  result.uppers.clear();
}

std::string unused_events_note(std::string const& column) {
  return fmt::format(
      "Column '{}' holds 0 and 1 alone and is not used: where 0 marks what was not seen to its end, add --event {}.",
      shown(column), shown(column));
}

Observations read_observations(std::string const& path, ObservationColumns const& columns, Reading const& reading) {
  if (auto large = read_large_file(path, columns, reading)) return std::move(*large);
  std::vector<std::string> wanted;
  for (auto const* name : {&columns.values, &columns.count, &columns.event, &columns.lower, &columns.upper})
    if (*name) wanted.push_back(**name);
  CsvTable table(path, reading, wanted);
  auto const places = places_in(table, columns);
  if (table.rows() == 0) table.fail("has a header line and no data rows, add one number a line");
  table.treat_missing(places.needed());
  Observations result{table.name(), {}, {}, {}, table.notes(), places.count.has_value()};
  bool has_truths = false;
  double total = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::size_t const times = places.count ? count_at(table, row, *places.count, total) : 1;
    if (places.upper) {
      add_ends(table, places, row, times, result);
      continue;
    }
    double const value = number_at(table, row, places.values, has_truths);
    result.values.insert(result.values.end(), times, value);
    if (places.event) result.is_observed.insert(result.is_observed.end(), times, event_at(table, row, *places.event));
  }
  if (result.values.empty()) table.fail("has counts of 0 alone, give observations");
  if (has_truths) result.notes.emplace_back("TRUE and FALSE are read as 1 and 0.");
  if (places.count)
    result.notes.push_back(fmt::format("{} rows stand for {} observations by the counts in '{}'.", table.rows(),
                                       result.values.size(), shown(*columns.count)));
  forget_needless_uppers(result);
  note_unused_events(table, places, result);
  return result;
}

}  // namespace fisherlab::runs
