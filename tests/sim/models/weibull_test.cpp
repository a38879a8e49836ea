#include "sim/models/weibull.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/weibull.hpp>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Weibull, ObeysTheModelLaws) {
  expect_model_laws(sim::Weibull{}, {{2.1, 82.0}, {1.5, 0.02}, {0.3, 5.0}, {50.0, 1e5}},
                    [](sim::Theta<double, 2> const& theta) {
                      boost::math::weibull_distribution<> const law(theta[0], theta[1]);
                      return ReferenceLaw{{continuous(law, Axis::Kind::positive)}};
                    });
}

// Mean and variance by Boost.Math give the parameters back; in the other lanes stand other laws.
TEST(Weibull, IsFoundFromItsMeanAndVariance) {
  sim::Theta<double, 2> const thetas[] = {{0.2, 5.0}, {0.8, 3.0},   {1.0, 1e-3}, {2.1, 81.9},
                                          {3.6, 1.0}, {12.0, 0.02}, {50.0, 1e5}, {300.0, 7.0}};
  sim::Lanes mean = 0.0, variance = 0.0;
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    boost::math::weibull_distribution<> const law(thetas[lane][0], thetas[lane][1]);
    mean.set(lane, boost::math::mean(law));
    variance.set(lane, thetas[lane][0] > 100 ? 0.0 : boost::math::variance(law));
  }
  // Boost's variance loses digits at large shapes; there pi^2 scale^2/(6 shape^2) (1 - c/shape) is not exact enough
  // either, so that lane checks only that its neighbours do not suffer from a variance of 0.
  auto const theta = sim::Weibull{}.from_moments(mean, variance);
  for (int lane = 0; lane < sim::lane_count - 1; ++lane)
    for (std::size_t a = 0; a < 2; ++a)
      EXPECT_NEAR(theta[a][lane] / thetas[lane][a], 1.0, lane == 6 ? 1e-9 : 1e-11) << lane << ' ' << a;
}

}  // namespace
}  // namespace fisherlab::test
