#pragma once

#include <limits>

namespace fisherlab::claims {

/// An estimate with its standard error and a two-sided confidence interval, all in the unit of the estimate.
struct Interval {
  double estimate = 0;
  double std_error = 0;
  double lower = 0;
  double upper = 0;
};

/// The interval that says nothing: what a primitive returns when the data cannot carry a bound (a singular covariance,
/// fewer replicates than dimensions). The judge calls it inconclusive.
inline Interval vacuous_interval() {
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  return {nan, nan, -inf, inf};
}

}  // namespace fisherlab::claims
