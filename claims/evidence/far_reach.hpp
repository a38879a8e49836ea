#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

#include "base/statistics/interval.hpp"

namespace fisherlab::claims {

/// What a sample of one number per replicate leaves behind; `variance` has the divisor count - 1. Skewness
/// (M3/R)/(M2/R)^1.5 and kurtosis (M4/R)/(M2/R)^2, 3 for a normal law, are NaN where they were not kept.
struct SampleMoments {
  double mean = 0;
  double variance = 0;
  std::int64_t count = 0;
  double skewness = std::numeric_limits<double>::quiet_NaN();
  double kurtosis = std::numeric_limits<double>::quiet_NaN();
  bool are_bounds = false;  ///< the size of the skewness and the kurtosis are at most these

  bool has_shape() const { return !std::isnan(skewness) && !std::isnan(kurtosis); }
};

/// From central moments E(y - mean)^k, k = 0 .. 4 and more, over `count` replicates.
SampleMoments sample_moments_of(double mean, double const* central, std::int64_t count);

/// Central moments 0 .. 4 of the square of a number whose own central moments 0 .. 8 are given.
std::array<double, 5> moments_of_square(std::span<double const> central);

/// Of y - z for independent numbers y and z, one pair a replicate: cumulants add with the sign (-1)^k. Bounds of one of
/// them bound the difference. Skewness and kurtosis are NaN where y or z was not seen to vary.
SampleMoments difference_of(SampleMoments const& y, SampleMoments const& z);

/// The error of an interval and the critical value that goes with it: that of a normal law, or the root of a quantile
/// of chi^2 for intervals that hold in all directions at once.
struct FarLevel {
  double alpha = 0;
  double critical = 0;
};
FarLevel far_level(double alpha);
FarLevel far_level(double alpha, std::int64_t dimension);

/// How far the true mean may lie from the sample mean, on either side.
struct FarReach {
  double up = 0;
  double down = 0;
  double x = 0;  ///< |g| z/sqrt(R)
  double h = 0;  ///< (k - g^2 - 3)+ z^2/R
  bool valid = false;
  double needed = 0;           ///< replicates that validity would take, about; infinite where nothing varied
  double needed_at_least = 0;  ///< the same, as low as the sample leaves open; 0 where valid
  double plain_factor = 1;     ///< by which mean -+ z s/sqrt(R) alone would miss on the endangered side, estimated
};

/// The reach of an interval at errors far below what can be counted, for skewed and heavy-tailed numbers. With R, s, g
/// and k the count, sd, skewness and kurtosis of the sample, z the critical value, e = z/sqrt(R), x = |g| e and
/// h = (k - g^2 - 3)+ e^2:
///   q = (g/3)(e^2 + 1/(2R)),   c = (k/4 - 1/2 - 2 g^2/9) e^3,   w = 2.5 e h,
///   up = s (e + (c + q + w)+),   down = s (e + (c - q + w)+).
/// q and c are the second and third order of the interval that the empirical likelihood of the mean gives, whose
/// exponent is right for every law; 1/(2R) is Edgeworth's constant. w pays for the tail that the sample has not shown.
/// Neither end is nearer than that of the normal interval.
///
/// Valid if and only if s > 0, x <= 1 and h <= 0.1 and, at an alpha below 1e-9, R is 65,536 (less what failed fits
/// take, at most 1 in 12). Over 22 laws at errors from 1e-4 to 1e-11 a side missed at most 1.6 times as often as it
/// says wherever 1 sample in 100 is valid; rare events at most 1.45 times, from z^2 events on. What no sample can show
/// is a value beyond s sqrt(R)/z that was not drawn once. Where g and k are bounds, q takes |g| on both sides, c =
/// (k/4) e^3 and h = (k - 3)+ e^2. Source: Owen (1990), Ann. Statist. 18, 90-120, for empirical likelihood; the
/// expansion, its allowance and what was measured are in docs/decisions/0013.
///
/// `needed` is R max(x^2, h/0.1), as uncertain as a count. Where k <= 2 g^2 the sample is one of rare events of about
/// one size, R/k of them, and a Poisson count of e has its mean below e + 3 sqrt(e) + 5 but for 1 in 1,000; with twice
/// that for sizes that differ, R x^2/(1 + 6/sqrt(e) + 10/e), e = R/k, is `needed_at_least`. Where nothing varied fewer
/// than 7 events are expected (1 in 1,000), so R z^2/7. Otherwise a single value may be behind g and k, and nothing is
/// known.
FarReach far_reach(SampleMoments const& sample, FarLevel const& level);

/// A reach that is valid only if `by_law` is, the one from the moments of the law itself.
FarReach held_to(FarReach reach, FarReach const& by_law);

/// The replicates that an error asks for before any verdict: 65,536 below 1e-9, else 2.
std::int64_t fewest_replicates(double alpha);

/// Why a reach is not valid, in words: "too skewed for 65,536 replicates: at least about 2 million".
std::string reason_for(FarReach const& reach, std::int64_t count, FarLevel const& level);

/// "needs about 2 million replicates, and the study takes at most 65,536": for a finding that is given up.
std::string beyond_reach(double needed, std::int64_t most);

/// A number of replicates to two digits: "340,000", "2 million".
std::string replicates_text(double count);

}  // namespace fisherlab::claims
