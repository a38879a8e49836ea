#pragma once

#include <cstdint>

#include "findings/estimated.hpp"
#include "sim/tallies/histogram.hpp"

namespace fisherlab::runs {

/// Moments of an error e over samples.
struct ErrorMoments {
  double mean = 0;         ///< of e
  double variance = 0;     ///< of e
  double with_square = 0;  ///< covariance of e and e^2
  double of_square = 0;    ///< variance of e^2
};

/// The mean error over its standard deviation, with its standard error by the delta method: of m/s the sample's
/// influence is (e - m)/s - (m/s) ((e - m)^2/s^2 - 1)/2. `count`: samples.
Estimated bias_in_deviations(ErrorMoments const& moments, double count);

/// A share with its standard error; NaN of none.
Estimated share_of(std::int64_t successes, std::int64_t count);

/// Kolmogorov's distance of a histogram of errors in standard errors to N(0, 1).
double distance_to_normal(sim::Histogram const& law);

}  // namespace fisherlab::runs
