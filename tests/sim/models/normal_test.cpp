#include "sim/models/normal.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

/// A location-scale law of Boost.Math at theta = (location, scale).
template <class Distribution>
ReferenceLaw location_scale(sim::Theta<double, 2> const& theta) {
  return {{continuous(Distribution(theta[0], theta[1]), Axis::Kind::line)}};
}

std::vector<sim::Theta<double, 2>> const location_scale_points = {{2.0, 3.0}, {-5.0, 0.25}, {0.7, 1e4}, {1e6, 0.5}};

TEST(Normal, ObeysTheModelLaws) {
  expect_model_laws(sim::Normal{}, location_scale_points, location_scale<boost::math::normal_distribution<>>);
}

}  // namespace
}  // namespace fisherlab::test
