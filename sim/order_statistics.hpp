#pragma once

#include <span>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// Sample quantiles of the first coordinate, lane by lane: for each probability in (0, 1) the linear interpolation of
/// the order statistics at place (n - 1) probability (definition 7 of Hyndman and Fan 1996, Amer. Statist. 50,
/// 361-365). `out` receives one Lanes a probability.
FISHERLAB_API void sample_quantiles(Sample const& sample, std::span<double const> probabilities, Lanes* out);

/// The sample median: the middle order statistic, or the mean of the two middle ones.
FISHERLAB_API Lanes sample_median(Sample const& sample);

/// Mean of the first coordinate.
FISHERLAB_API Lanes sample_mean(Sample const& sample);

/// The lanes whose observations are not all equal, given their mean and standard deviation (divisor n). Rounding of the
/// mean may give equal observations a spread above 0; only a spread that small makes this look at the observations.
FISHERLAB_API LaneSet lanes_with_spread(Sample const& sample, Lanes const& mean, Lanes const& sd);

/// Whether the spread is so small in some lane that only the n observations tell whether they are equal.
FISHERLAB_API bool is_spread_in_doubt(double n, Lanes const& mean, Lanes const& sd);

/// Sum of (x - centre)^2 over the first coordinate.
FISHERLAB_API Lanes sum_of_squares(Sample const& sample, Lanes const& centre);

}  // namespace fisherlab::sim
