#include "sim/models/uniform.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/uniform.hpp>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

ReferenceLaw uniform_reference(sim::Theta<double, 1> const& theta) {
  auto coordinate = continuous(boost::math::uniform_distribution<>(0, theta[0]), Axis::Kind::interval);
  coordinate.axis.upper = theta[0];
  return {{coordinate}};
}

TEST(Uniform, ObeysTheLawsOfASmoothModel) {
  expect_model_laws(sim::Uniform{}, {{0.25}, {3.0}, {1e6}}, uniform_reference);
}

TEST(Uniform, BreaksTheMeanOfTheScoreAndTheInformationEqualityAlone) {
  sim::Theta<double, 1> const theta = {3.0};
  EXPECT_EQ(broken(shipped(sim::Uniform{}), theta, uniform_reference(theta)),
            (std::vector{Law::score_has_mean_zero, Law::hessians_give_information}));
}

}  // namespace
}  // namespace fisherlab::test
