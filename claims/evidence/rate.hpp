#pragma once

#include <optional>
#include <vector>

#include "base/statistics/interval.hpp"

namespace fisherlab::claims {

/// A positive discrepancy at sample size n, with an interval at level 1 - alpha/m when there are m sizes.
struct RatePoint {
  double n = 0;
  Interval discrepancy;
};

/// The rate r of a decay d ~ n^-r, and the number of points it rests on.
struct RateEstimate {
  Interval rate;
  int points = 0;
};

/// Rate of decay by weighted least squares of log d on log n over the points whose interval lies above zero.
///   rate = -slope = -sum_i c_i log d_i,   c_i = w_i (x_i - xbar)/sum_j w_j (x_j - xbar)^2,   x = log n.
/// The interval replaces each d_i by its own ends, as the sign of c_i asks. It holds whenever all m intervals hold, so
/// with probability 1 - alpha, whatever the weights and whichever points were used, even if both were chosen from
/// the same data: it covers the weighted slope of the TRUE discrepancies at the points used. That is
/// the exponent of n only as far as the decay is a pure power there. Wider than a regression interval, in return.
/// Weights: inverse squares of the widths of log d; none above 100 times the smallest.
/// Points with a bound that is not finite, or not above 1e-9 (rounding), are left out; fewer than three sizes left give
/// nothing.
/// @throws InputError when an n is not positive and finite.
std::optional<RateEstimate> rate_of_decay(std::vector<RatePoint> const& points);

/// By what factor the replicates behind all points must grow at the least for the lower end of the rate to reach
/// `least`, if the discrepancies fall as n^-rate: with the largest c n^-rate that no upper end excludes, and reaches
/// that shrink as the root of the factor. 1 where they suffice, infinite where a million times as many would not.
double least_growth(std::vector<RatePoint> const& points, double rate, double least);

/// What is said where there is no rate: nothing, with the reason of a point that has no interval.
Interval no_rate(std::vector<RatePoint> const& points);

}  // namespace fisherlab::claims
