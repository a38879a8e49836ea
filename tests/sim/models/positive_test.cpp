#include <gtest/gtest.h>

#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <boost/math/distributions/weibull.hpp>

#include "sim/models/exponential.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/uniform.hpp"
#include "sim/models/weibull.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

ReferenceLaw uniform_reference(sim::Theta<double, 1> const& theta) {
  auto coordinate = continuous(boost::math::uniform_distribution<>(0, theta[0]), Axis::Kind::interval);
  coordinate.axis.upper = theta[0];
  return {{coordinate}};
}

TEST(Exponential, ObeysTheModelLaws) {
  expect_model_laws(sim::Exponential{}, {{1.3}, {0.05}, {40.0}, {1e6}}, [](sim::Theta<double, 1> const& theta) {
    return ReferenceLaw{{continuous(boost::math::exponential_distribution<>(theta[0]), Axis::Kind::positive)}};
  });
}

TEST(Gamma, ObeysTheModelLaws) {
  expect_model_laws(sim::Gamma{}, {{2.5, 1.3}, {0.3, 20.0}, {1.0, 0.01}, {0.05, 7.0}, {1e3, 1e-3}},
                    [](sim::Theta<double, 2> const& theta) {
                      boost::math::gamma_distribution<> const law(theta[0], 1 / theta[1]);
                      return ReferenceLaw{{continuous(law, Axis::Kind::positive)}};
                    });
}

TEST(Weibull, ObeysTheModelLaws) {
  expect_model_laws(sim::Weibull{}, {{2.1, 82.0}, {1.5, 0.02}, {0.3, 5.0}, {50.0, 1e5}},
                    [](sim::Theta<double, 2> const& theta) {
                      boost::math::weibull_distribution<> const law(theta[0], theta[1]);
                      return ReferenceLaw{{continuous(law, Axis::Kind::positive)}};
                    });
}

TEST(Uniform, ObeysTheLawsOfASmoothModel) {
  expect_model_laws(sim::Uniform{}, {{0.25}, {3.0}, {1e6}}, uniform_reference);
}

TEST(Uniform, BreaksTheMeanOfTheScoreAndTheInformationEqualityAlone) {
  sim::Theta<double, 1> const theta = {3.0};
  EXPECT_EQ(broken(shipped(sim::Uniform{}), theta, uniform_reference(theta)),
            (std::vector{Law::score_has_mean_zero, Law::hessians_give_information}));
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
