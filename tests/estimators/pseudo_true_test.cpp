#include "estimators/pseudo_true.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::test {
namespace {

using Vector = std::vector<double>;

estimators::PseudoTrue read(std::string const& law, Vector const& law_theta, std::string const& model,
                            Vector const& start = {}) {
  return estimators::pseudo_true(*sim::make_model(law, {}), law_theta, *sim::make_model(model, {}), start);
}

void expect_near(Vector const& value, Vector const& expected) {
  ASSERT_EQ(value.size(), expected.size());
  for (std::size_t k = 0; k < value.size(); ++k)
    EXPECT_NEAR(value[k], expected[k], 1e-8 * (1.0 + std::abs(expected[k]))) << "entry " << k;
}

TEST(PseudoTrue, RateOfGammaDataIsOneOverTheirMean) {
  // score = 1/rate - x, so A = 1/rate^2 and B = Var x.
  auto const result = read("gamma", {3.0, 3.0}, "exponential");
  expect_near(result.theta, {1.0});
  expect_near(result.sensitivity, {1.0});
  expect_near(result.variability, {1.0 / 3.0});
  expect_near(result.sandwich, {1.0 / 3.0});
}

TEST(PseudoTrue, NormalReadOnLogisticDataHasItsMomentsAndKurtosis) {
  // Kurtosis 4.2: n Var of the sd is (4.2 - 1)/4 of its square, not 1/2.
  double const variance = 9.0 * sim::pi * sim::pi / 3.0;
  auto const result = read("logistic", {2.0, 3.0}, "normal");
  expect_near(result.theta, {2.0, std::sqrt(variance)});
  expect_near(result.sandwich, {variance, 0.0, 0.8 * variance});
}

TEST(PseudoTrue, LogisticReadOnNormalDataIsCentredAndWiderThanItsBound) {
  auto const result = read("normal", {-1.0, 2.0}, "logistic");
  EXPECT_NEAR(result.theta[0], -1.0, 1e-8);
  // E z tanh(z/2) = 1 for z ~ N(0, 1/s^2) at s = 0.57182043525, by bisection on a sum of 4,001 terms.
  EXPECT_NEAR(result.theta[1] / 2.0, 0.5718204352539, 1e-9);
  EXPECT_GT(result.sandwich[0], 4.0);
}

TEST(PseudoTrue, UnderTheTrueModelIsTheTruthWithTheBoundForASandwich) {
  auto const result = read("gamma", {2.5, 1.3}, "gamma");
  Vector information(3);
  sim::make_model("gamma", {})->information(result.theta, information.data());
  expect_near(result.theta, {2.5, 1.3});
  expect_near(result.sensitivity, information);
  expect_near(result.variability, information);
  double const determinant = information[0] * information[2] - information[1] * information[1];
  expect_near(result.sandwich,
              {information[2] / determinant, -information[1] / determinant, information[0] / determinant});
}

TEST(PseudoTrue, DoesNotDependOnTheStart) {
  auto const near = read("gamma", {0.7, 2.0}, "weibull");
  auto const far = read("gamma", {0.7, 2.0}, "weibull", {5.0, 0.01});
  expect_near(far.theta, near.theta);
  expect_near(far.sandwich, near.sandwich);
}

TEST(PseudoTrue, IsRefusedWhereThereIsNone) {
  EXPECT_THROW(read("cauchy", {0.0, 1.0}, "normal"), InputError);       // no variance
  EXPECT_THROW(read("normal", {2.0, 1.0}, "exponential"), InputError);  // negative data
  EXPECT_THROW(read("gamma", {2.5, 1.3}, "normal", {1.0, -1.0}), InputError);
  auto const pair = sim::make_model("correlated_pair", Vector{1.0, 0.5});
  EXPECT_THROW(estimators::pseudo_true(*pair, Vector{0.0}, *sim::make_model("normal", {})), InputError);
}

}  // namespace
}  // namespace fisherlab::test
