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

ReferenceLaw<1> uniform_reference(sim::Theta<double, 1> const& theta) {
  auto coordinate = continuous(boost::math::uniform_distribution<>(0, theta[0]), Axis::Kind::interval);
  coordinate.axis.upper = theta[0];
  return {{coordinate}};
}

TEST(Exponential, ObeysTheModelLaws) {
  expect_model_laws(sim::Exponential{}, {{1.3}, {0.05}, {40.0}, {1e6}}, [](sim::Theta<double, 1> const& theta) {
    return ReferenceLaw<1>{{continuous(boost::math::exponential_distribution<>(theta[0]), Axis::Kind::positive)}};
  });
}

TEST(Gamma, ObeysTheModelLaws) {
  expect_model_laws(sim::Gamma{}, {{2.5, 1.3}, {0.3, 20.0}, {1.0, 0.01}, {0.05, 7.0}, {1e3, 1e-3}},
                    [](sim::Theta<double, 2> const& theta) {
                      boost::math::gamma_distribution<> const law(theta[0], 1 / theta[1]);
                      return ReferenceLaw<1>{{continuous(law, Axis::Kind::positive)}};
                    });
}

TEST(Weibull, ObeysTheModelLaws) {
  expect_model_laws(sim::Weibull{}, {{2.1, 82.0}, {1.5, 0.02}, {0.3, 5.0}, {50.0, 1e5}},
                    [](sim::Theta<double, 2> const& theta) {
                      boost::math::weibull_distribution<> const law(theta[0], theta[1]);
                      return ReferenceLaw<1>{{continuous(law, Axis::Kind::positive)}};
                    });
}

TEST(Uniform, ObeysTheLawsOfASmoothModel) {
  expect_model_laws(sim::Uniform{}, {{0.25}, {3.0}, {1e6}}, uniform_reference);
}

TEST(Uniform, BreaksTheMeanOfTheScoreAndTheInformationEqualityAlone) {
  sim::Theta<double, 1> const theta = {3.0};
  EXPECT_EQ(broken(sim::Uniform{}, theta, uniform_reference(theta), true),
            (std::vector{Law::score_has_mean_zero, Law::hessians_give_information}));
}

}  // namespace
}  // namespace fisherlab::test
