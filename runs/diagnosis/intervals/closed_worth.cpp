#include "runs/diagnosis/intervals/closed_worth.hpp"

#include <cmath>
#include <optional>
#include <variant>

namespace fisherlab::runs {
namespace {

constexpr std::size_t held = 0, lies_above = 1, counts_of_an_interval = 2;
constexpr double negligible = 1e-18;  ///< of a total

/// The exact law of the total behind component `a`, for laws of counts.
std::optional<sim::CountedEstimate> counted_law(claims::Law const& law, std::size_t a, std::int64_t n) {
  auto const& law_of_estimate = law.model->offers().law_of_estimate;
  if (!law_of_estimate) return {};
  auto const exact = law_of_estimate(law.theta, a, n);
  if (!exact || !std::holds_alternative<sim::CountedEstimate>(*exact)) return {};
  return std::get<sim::CountedEstimate>(*exact);
}

/// Summed over the totals.
std::vector<IntervalWorth> summed(std::vector<estimators::ClosedInterval> const& intervals,
                                  sim::CountedEstimate const& law, double truth) {
  std::vector<IntervalWorth> result;
  for (auto const& interval : intervals) result.push_back({.name = interval.name});
  for (double k = 0; k <= law.last; ++k) {
    double const probability = law.probability(k);
    if (!(probability > negligible)) continue;
    auto const outcome = law.outcome(k);
    for (std::size_t j = 0; j < intervals.size(); ++j) {
      auto const ends = intervals[j].ends(outcome.estimate, outcome.std_error);
      if (ends.lower > truth)
        result[j].above += probability;
      else if (ends.upper >= truth)
        result[j].coverage.value += probability;
    }
  }
  return result;
}

}  // namespace

ClosedIntervals closed_intervals_of(claims::Law const& law, std::int64_t n, double level) {
  ClosedIntervals result;
  for (std::size_t a = 0; a < law.theta.size(); ++a)
    result.push_back(estimators::closed_intervals(*law.model, law.theta, a, n, level));
  return result;
}

claims::Probe probe_of(ClosedIntervals const& intervals, claims::Law const& law, estimators::AnyEstimator const& mle,
                       bool is_true) {
  claims::Probe probe;
  probe.estimator = mle;
  bool const is_summed = is_true && counted_law(law, 0, 2).has_value();
  std::size_t count = 0;
  for (auto const& of_parameter : intervals) count += of_parameter.size();
  probe.shape = {.successes = is_summed ? 0 : static_cast<int>(counts_of_an_interval * count)};
  if (is_summed) return probe;
  probe.observe = [intervals, theta = law.theta](claims::Batch const& batch, sim::Observed& out) {
    std::size_t place = 0;
    for (std::size_t a = 0; a < intervals.size(); ++a)
      for (auto const& interval : intervals[a]) {
        unsigned holds = 0, above = 0;
        for (int lane = 0; lane < sim::lane_count; ++lane) {
          auto const ends = interval.ends(batch.estimates->value[a][lane], batch.estimates->std_error[a][lane]);
          holds |= static_cast<unsigned>(ends.lower <= theta[a] && theta[a] <= ends.upper) << lane;
          above |= static_cast<unsigned>(ends.lower > theta[a]) << lane;
        }
        out.successes[place + held] = static_cast<sim::LaneSet>(holds);
        out.successes[place + lies_above] = static_cast<sim::LaneSet>(above);
        place += counts_of_an_interval;
      }
  };
  return probe;
}

std::vector<std::vector<IntervalWorth>> worths_of(ClosedIntervals const& intervals, claims::Law const& law,
                                                  std::int64_t n, sim::Tally const& tally, bool is_true) {
  std::vector<std::vector<IntervalWorth>> result;
  auto const count = static_cast<double>(tally.count);
  std::size_t place = 0;
  for (std::size_t a = 0; a < intervals.size(); ++a) {
    auto const exact = is_true ? counted_law(law, a, n) : std::nullopt;
    if (exact) {
      result.push_back(summed(intervals[a], *exact, law.theta[a]));
      continue;
    }
    result.emplace_back();
    for (auto const& interval : intervals[a]) {
      double const share = static_cast<double>(tally.successes[place + held]) / count;
      result.back().push_back({.name = interval.name,
                               .coverage = {share, std::sqrt(share * (1 - share) / count)},
                               .above = static_cast<double>(tally.successes[place + lies_above]) / count});
      place += counts_of_an_interval;
    }
  }
  return result;
}

}  // namespace fisherlab::runs
