#include "claims/evidence/judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/expects.hpp"

namespace fisherlab::claims {
namespace {

constexpr double largest_dropped_share = 0.01;

bool has_nan(Measurement const& m, Region const& region) {
  return std::isnan(m.estimate) || std::isnan(m.std_error) || std::isnan(m.lower) || std::isnan(m.upper) ||
         std::isnan(region.target) || std::isnan(region.margin);
}

/// Whether the interval lies wholly outside the region with this margin.
bool excludes(Measurement const& m, Region const& region, double margin) {
  bool const below = region.kind != RegionKind::at_most && m.upper < region.target - margin;
  bool const above = region.kind != RegionKind::at_least && m.lower > region.target + margin;
  return below || above;
}

bool drops_too_many(Measurement const& m) {
  return static_cast<double>(m.dropped) > largest_dropped_share * static_cast<double>(m.replicates + m.dropped);
}

}  // namespace

Measurement measured(std::string statistic, Interval const& interval, std::int64_t replicates, std::int64_t dropped) {
  return {std::move(statistic), interval.estimate, interval.std_error, interval.lower, interval.upper,
          replicates,           dropped,           interval.reason,    interval.needed};
}

Verdict verdict_of(Measurement const& measurement, Region const& region) {
  expects(!(region.margin < 0), "the margin is negative (the region would be empty), give one of zero or more");
  expects(!(region.exact_within.value_or(0) < 0),
          "a rounding is negative (it is a distance), give one of zero or more");
  if (has_nan(measurement, region) || measurement.replicates <= 0 || measurement.lower > measurement.upper) {
    return Verdict::inconclusive;
  }
  constexpr double inf = std::numeric_limits<double>::infinity();
  double const low = region.kind == RegionKind::at_most ? -inf : region.target - region.margin;
  double const high = region.kind == RegionKind::at_least ? inf : region.target + region.margin;
  double const tolerated = region.exact_within
                               ? std::min(std::max(region.margin, rounding_of_exact_values), *region.exact_within)
                               : region.margin;
  if (excludes(measurement, region, tolerated)) return Verdict::refuted;
  bool const inside = measurement.lower >= low && measurement.upper <= high;
  return inside && !drops_too_many(measurement) ? Verdict::verified : Verdict::inconclusive;
}

Outcome outcome_of(Verdict verdict, Expectation expected) {
  if (expected == Expectation::report) return Outcome::report;
  if (verdict == Verdict::inconclusive) return Outcome::open;
  bool const as_expected = (verdict == Verdict::verified) == (expected == Expectation::verified);
  return as_expected ? Outcome::pass : Outcome::fail;
}

Finding judge(Finding finding) {
  finding.verdict = verdict_of(finding.measurement, finding.region);
  if (finding.verdict != Verdict::inconclusive) finding.measurement.reason.clear();
  finding.outcome = outcome_of(finding.verdict, finding.expected);
  return finding;
}

int exit_code(std::span<Finding const> findings) {
  auto const any = [&](Outcome outcome) {
    return std::ranges::any_of(findings, [&](Finding const& finding) { return finding.outcome == outcome; });
  };
  if (any(Outcome::fail)) return 1;
  return any(Outcome::open) ? 4 : 0;
}

}  // namespace fisherlab::claims
