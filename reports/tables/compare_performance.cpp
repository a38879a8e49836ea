#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "findings/fields.hpp"
#include "reports/tables/compare.hpp"

namespace fisherlab::reports {
namespace {

/// What makes a row the same one in two runs, and its place among its likes. One key a row, none twice.
std::vector<std::string> row_keys(std::span<PerformanceRow const> rows) {
  std::vector<std::string> keys;
  std::unordered_map<std::string, int> seen;
  for (auto const& r : rows) {
    std::string key = fmt::format("{};", r.n);
    for (auto const* field : {&r.model, &r.parameters, &r.estimator, &r.component})
      key += fmt::format("{}:{};", field->size(), *field);
    int const place = ++seen[key];
    keys.push_back(key + std::to_string(place));
  }
  return keys;
}

/// The measures that have an error. The mean squared error is left out: bias and emp_se make it up. So is the
/// bias-eliminated coverage: with counts it jumps where the mean of the estimates passes one of their values, and its
/// error knows nothing of that mean's.
std::vector<std::pair<std::string_view, std::optional<Estimated>>> measures(PerformanceRow const& r) {
  std::vector<std::pair<std::string_view, std::optional<Estimated>>> found;
  for_each_field(r, [&found](std::string_view name, std::string_view, auto const& value) {
    if constexpr (is_two_columns<std::remove_cvref_t<decltype(value)>>)
      if (name != "mse" && name != "be_coverage") found.emplace_back(name, value);
  });
  return found;
}

/// What cannot be measured ranks first.
double rank(PerformanceChange const& change) {
  return std::isnan(change.shift) ? std::numeric_limits<double>::infinity() : std::fabs(change.shift);
}

/// The measure that moved most, if one did.
std::optional<PerformanceChange> largest_change(PerformanceRow const& before, PerformanceRow const& after) {
  auto const old_measures = measures(before), new_measures = measures(after);
  std::optional<PerformanceChange> largest;
  constexpr Estimated none{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  for (std::size_t k = 0; k < old_measures.size(); ++k) {
    auto const a = old_measures[k].second.value_or(none), b = new_measures[k].second.value_or(none);
    if (a.value == b.value || (std::isnan(a.value) && std::isnan(b.value))) continue;
    PerformanceChange const change{&before, &after, old_measures[k].first,
                                   a,       b,      (b.value - a.value) / std::hypot(a.mcse, b.mcse)};
    if (!largest || rank(change) > rank(*largest)) largest = change;
  }
  return largest;
}

}  // namespace

PerformanceComparison compare_performance(std::span<PerformanceRow const> before,
                                          std::span<PerformanceRow const> after) {
  auto const old_keys = row_keys(before), new_keys = row_keys(after);
  std::unordered_map<std::string, PerformanceRow const*> old_rows;
  for (std::size_t k = 0; k < before.size(); ++k) old_rows.emplace(old_keys[k], &before[k]);
  PerformanceComparison result;
  for (std::size_t k = 0; k < after.size(); ++k) {
    auto const found = old_rows.find(new_keys[k]);
    if (found == old_rows.end()) {
      ++result.only_after;
      continue;
    }
    ++result.matched;
    if (auto const change = largest_change(*found->second, after[k])) result.changed.push_back(*change);
  }
  result.only_before = before.size() - result.matched;
  std::ranges::stable_sort(result.changed, std::ranges::greater(), rank);
  return result;
}

}  // namespace fisherlab::reports
