#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace fisherlab {

/// What `Interval::needed` says where no number of replicates gives an interval.
inline constexpr double no_number_of_replicates = std::numeric_limits<double>::max();

/// An estimate with its standard error and a two-sided confidence interval, all in the unit of the estimate.
struct Interval {
  double estimate = 0;      ///< the point
  double std_error = 0;     ///< of the estimate
  double lower = 0;         ///< end of the interval, -inf for none
  double upper = 0;         ///< end of the interval, inf for none
  std::string reason = {};  ///< why an end is missing (infinite), and what it would take; empty where both are there
  double needed = 0;        ///< replicates without which there is no interval, at the least; 0 where that is not known
};

/// The interval that says nothing: what a primitive returns when the data cannot carry a bound (a singular covariance,
/// fewer replicates than dimensions). The judge calls it inconclusive.
inline Interval vacuous_interval() {
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  return {nan, nan, -inf, inf};
}

/// An estimate without an interval, why, and the replicates that it would take.
inline Interval open_interval(double estimate, double std_error, std::string reason, double needed = 0) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  return {estimate, std_error, -inf, inf, std::move(reason), needed};
}

/// c x for a factor c > 0.
inline Interval scaled(Interval const& x, double factor) {
  return {factor * x.estimate, factor * x.std_error, factor * x.lower, factor * x.upper, x.reason, x.needed};
}

/// |x - target|.
inline Interval distance_from(Interval const& x, double target) {
  double const low = x.lower - target;
  double const high = x.upper - target;
  return {std::fabs(x.estimate - target),
          x.std_error,
          std::max({low, -high, 0.0}),
          std::max(std::fabs(low), std::fabs(high)),
          x.reason,
          x.needed};
}

/// 1/x where x is surely positive, else nothing; the standard error by the delta method.
inline Interval inverse_of(Interval const& x) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  double const std_error = x.std_error / (x.estimate * x.estimate);
  if (!(x.lower > 0)) return {1 / x.estimate, std_error, -inf, inf, x.reason, x.needed};
  return {1 / x.estimate, std_error, 1 / x.upper, 1 / x.lower, x.reason, x.needed};
}

/// The larger of two quantities whose intervals hold at once.
inline Interval larger_of(Interval const& a, Interval const& b) {
  Interval const& first = b.estimate > a.estimate ? b : a;
  return {first.estimate,
          first.std_error,
          std::max(a.lower, b.lower),
          std::max(a.upper, b.upper),
          a.reason.empty() ? b.reason : a.reason,
          std::max(a.needed, b.needed)};
}

}  // namespace fisherlab
