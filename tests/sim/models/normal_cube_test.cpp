#include "sim/models/normal_cube.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/quadrature/expectation.hpp"
#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/averages.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::Sample;
using Theta1 = sim::Theta<double, 1>;

TEST(NormalCube, ObeysTheModelLawsAwayFromZero) {
  auto const law = [](Theta1 const& t) { return normal_law(t[0] * t[0] * t[0], 1); };
  expect_model_laws(sim::NormalCube{}, {{0.7}, {-1.4}, {0.01}, {-30.0}}, law);
  for (Theta1 const& theta : {Theta1{0.7}, Theta1{-1.4}, Theta1{-30.0}})
    EXPECT_EQ(broken(shipped(sim::NormalCube{}), theta, law(theta)), std::vector<Law>{});
}

TEST(NormalCube, HasNoInformationAtZero) {
  sim::NormalCube const model;
  EXPECT_EQ(model.information(Theta1{0.0})[0], 0.0);
  EXPECT_EQ(model.score(2.5, Theta1{0.0})[0], 0.0);
}

TEST(NormalCube, EstimateIsTheCubeRootOfTheMean) {
  Sample sample(2, 1);
  sample(0) = 3.0;
  sample(1) = 13.0;
  sample(0).set(1, -67.0);
  sample(0).set(2, -13.0);
  sim::Theta<Lanes, 1> theta;
  EXPECT_EQ(sim::NormalCube{}.fit(sample, theta), sim::all_lanes);
  EXPECT_DOUBLE_EQ(theta[0][0], 2.0);
  EXPECT_DOUBLE_EQ(theta[0][1], -3.0);
  EXPECT_EQ(theta[0][2], 0.0);
}

TEST(NormalCube, BiasTimesNApproachesItsFirstTerm) {
  Theta1 const theta = {1.5};
  auto const mle = average_estimate(sim::NormalCube{}, theta, 20, 0);
  double const first = sim::NormalCube{}.first_order_bias({1.5})[0][0];
  EXPECT_DOUBLE_EQ(first, -1 / (9 * std::pow(1.5, 5)));
  EXPECT_NEAR(20 * (mle.mean - 1.5), first, 20 * 5 * mle.error + 0.1 / 20);
}

}  // namespace
}  // namespace fisherlab::test
