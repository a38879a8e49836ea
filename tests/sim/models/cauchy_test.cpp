#include "sim/models/cauchy.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/cauchy.hpp>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

/// A location-scale law of Boost.Math at theta = (location, scale).
template <class Distribution>
ReferenceLaw location_scale(sim::Theta<double, 2> const& theta) {
  return {{continuous(Distribution(theta[0], theta[1]), Axis::Kind::line)}};
}

std::vector<sim::Theta<double, 2>> const location_scale_points = {{2.0, 3.0}, {-5.0, 0.25}, {0.7, 1e4}, {1e6, 0.5}};

TEST(Cauchy, ObeysTheModelLaws) {
  expect_model_laws(sim::Cauchy{}, location_scale_points, location_scale<boost::math::cauchy_distribution<>>);
}

}  // namespace
}  // namespace fisherlab::test
