#pragma once

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {

/// A location-scale law of Boost.Math at theta = (location, scale).
template <class Distribution>
ReferenceLaw location_scale(sim::Theta<double, 2> const& theta) {
  return {{continuous(Distribution(theta[0], theta[1]), Axis::Kind::line)}};
}

inline std::vector<sim::Theta<double, 2>> location_scale_points() {
  return {{2.0, 3.0}, {-5.0, 0.25}, {0.7, 1e4}, {1e6, 0.5}};
}

inline ReferenceLaw normal_law(double mean, double sd) {
  return location_scale<boost::math::normal_distribution<>>({mean, sd});
}

/// The last count that matters: beyond it the probability is below 1e-17.
inline double last_of(double mean, double variance) { return mean + 40 * std::sqrt(variance) + 60; }

/// A sample of n observations whose sum is `sum` in every lane.
inline sim::Sample sample_with_sum(std::int64_t n, double sum, double largest) {
  sim::Sample sample(n, 1);
  for (std::int64_t i = 0; i < n; ++i) {
    double const x = std::min(sum, largest);
    sample(i) = x;
    sum -= x;
  }
  return sample;
}

}  // namespace fisherlab::test
