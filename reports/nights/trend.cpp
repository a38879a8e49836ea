#include "reports/nights/trend.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <unordered_map>

#include "base/text/display_text.hpp"
#include "reports/tables/finding_keys.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

double median(std::vector<double> values) {
  std::ranges::sort(values);
  std::size_t const half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

void measure_margins(Series& series) {
  auto const& nights = series.nights;
  auto const has_margin = [](Night const& night) {
    return night.finding->expected == Expectation::verified && night.finding->region.margin > 0 &&
           std::isfinite(margins_from_target(*night.finding).estimate);
  };
  if (nights.size() < 4 || !std::ranges::all_of(nights, has_margin)) return;
  std::vector<double> used;
  for (auto const& night : nights) used.push_back(margins_from_target(*night.finding).estimate);
  auto const middle = used.begin() + static_cast<std::ptrdiff_t>(used.size() / 2);
  series.margin_before = median({used.begin(), middle});
  series.margin_after = median({middle, used.end()});
}

/// The series of a study's runs; the latest run decides their order.
std::vector<Series> series_of(std::span<HistoryRun const* const> runs) {
  std::vector<Series> all;
  std::unordered_map<std::string, std::size_t> place;
  std::vector<std::vector<std::string>> keys;
  for (auto const* const run : runs) keys.push_back(finding_keys(run->findings));
  for (std::size_t r = runs.size(); r-- > 0;)
    for (auto const& key : keys[r])
      if (place.try_emplace(key, all.size()).second) all.emplace_back();
  for (std::size_t r = 0; r < runs.size(); ++r)
    for (std::size_t k = 0; k < keys[r].size(); ++k) {
      auto& nights = all[place.at(keys[r][k])].nights;
      std::erase_if(nights, [&](Night const& night) { return night.run->manifest.seed == runs[r]->manifest.seed; });
      nights.push_back({runs[r], &runs[r]->findings[k]});
    }
  return all;
}

/// What is exact but for rounding has a standard error of that size, which says nothing of the next night.
bool is_rounding(Night const& night) {
  auto const& [kind, target, margin, exact_within] = night.finding->region;
  auto const& m = night.finding->measurement;
  return m.std_error <= 1e-12 * (std::fabs(m.estimate) + std::fabs(target) + margin);
}

void test_drifts(StudyTrend& trend, double false_alarm) {
  for (auto& series : trend.series) {
    if (std::ranges::any_of(series.nights, is_rounding)) continue;
    std::vector<NightlyEstimate> estimates;
    for (auto const& night : series.nights)
      estimates.push_back({night.finding->measurement.estimate, night.finding->measurement.std_error});
    series.drift = largest_drift(estimates);
    trend.tested += series.drift.has_value();
  }
  for (auto& series : trend.series) {
    if (!series.drift) continue;
    series.threshold = drift_threshold(
        {.nights = trend.earlier + series.nights.size(), .findings = trend.tested, .false_alarm = false_alarm});
    series.flagged = std::fabs(series.drift->z) >= series.threshold;
    trend.flagged += series.flagged;
  }
}

}  // namespace

std::string started_text(StudyTrend const& trend, HistoryRun const& run) {
  constexpr std::size_t to_minute = 16, to_second = 19;  // of 2026-11-29T03:15:20Z
  std::set<std::string> minutes;
  bool const are_apart = std::ranges::all_of(trend.runs, [&](HistoryRun const* each) {
    return minutes.insert(each->manifest.started_utc.substr(0, to_minute)).second;
  });
  return printable(run.manifest.started_utc.substr(0, are_apart ? to_minute : to_second));
}

std::vector<StudyTrend> trends(std::span<HistoryRun const> history, double false_alarm) {
  std::vector<StudyTrend> all;
  for (auto const& run : history) {
    auto found = std::ranges::find(all, run.study, &StudyTrend::study);
    if (found == all.end()) {
      all.push_back({.study = run.study, .runs = {}, .earlier = run.earlier, .series = {}});
      found = std::prev(all.end());
    }
    found->runs.push_back(&run);
  }
  for (auto& trend : all) {
    trend.series = series_of(trend.runs);
    for (auto& series : trend.series) measure_margins(series);
    test_drifts(trend, false_alarm);
  }
  return all;
}

}  // namespace fisherlab::reports
