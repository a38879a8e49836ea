#include "estimators/std_errors.hpp"

#include <gtest/gtest.h>

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "estimators/mle.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab {
namespace {

using sim::Lanes;

std::vector<double> expected_at(std::string const& name, std::vector<double> const& constants,
                                std::vector<double> const& theta, std::int64_t n) {
  std::vector<Lanes> const t(theta.begin(), theta.end());
  std::vector<Lanes> out(theta.size());
  estimators::expected_std_errors(*sim::make_model(name, constants), n, t.data(), out.data());
  std::vector<double> result;
  for (Lanes const& se : out) result.push_back(se[6]);
  return result;
}

void expect_std_errors(std::vector<double> const& actual, std::vector<double> const& derived, std::string const& what) {
  ASSERT_EQ(actual.size(), derived.size()) << what;
  for (std::size_t a = 0; a < actual.size(); ++a) EXPECT_NEAR(actual[a] / derived[a], 1.0, 1e-13) << what << ' ' << a;
}

TEST(ExpectedStdErrors, AgreeWithTheInverseInformationByHand) {
  double const n = 23, root_n = std::sqrt(n), pi = boost::math::constants::pi<double>();
  double const g = boost::math::constants::euler<double>();
  expect_std_errors(expected_at("normal_mean", {2.5}, {1.0}, 23), {2.5 / root_n}, "normal_mean");
  expect_std_errors(expected_at("normal", {}, {1.0, 2.5}, 23), {2.5 / root_n, 2.5 / std::sqrt(2 * n)}, "normal");
  expect_std_errors(expected_at("exponential", {}, {0.3}, 23), {0.3 / root_n}, "exponential");
  expect_std_errors(expected_at("poisson", {}, {0.61}, 23), {std::sqrt(0.61 / n)}, "poisson");
  expect_std_errors(expected_at("bernoulli", {}, {0.2}, 23), {std::sqrt(0.16 / n)}, "bernoulli");
  expect_std_errors(expected_at("logistic", {}, {4.0, 0.5}, 23),
                    {0.5 * std::sqrt(3 / n), 0.5 * std::sqrt(9 / (3 + pi * pi) / n)}, "logistic");
  expect_std_errors(expected_at("cauchy", {}, {4.0, 0.5}, 23), {0.5 * std::sqrt(2 / n), 0.5 * std::sqrt(2 / n)},
                    "cauchy");
  // The determinant of the Weibull information is pi^2/(6 scale^2), of the gamma's (shape psi' - 1)/rate^2.
  expect_std_errors(
      expected_at("weibull", {}, {1.7, 3.0}, 23),
      {1.7 * std::sqrt(6 / (pi * pi) / n), 3.0 / 1.7 * std::sqrt((1 + 6 * (1 - g) * (1 - g) / (pi * pi)) / n)},
      "weibull");
  double const k = 2.5, rate = 1.3, t = boost::math::trigamma(k);
  expect_std_errors(expected_at("gamma", {}, {k, rate}, 23),
                    {std::sqrt(k / (k * t - 1) / n), rate * std::sqrt(t / (k * t - 1) / n)}, "gamma");
}

TEST(ExpectedStdErrors, HaveThePublishedWeibullLimits) {
  auto const se = expected_at("weibull", {}, {1.0, 1.0}, 1);
  EXPECT_NEAR(se[0] * se[0], 0.607927, 5e-7);
  EXPECT_NEAR(se[1] * se[1], 1.108665, 5e-7);
}

TEST(ExpectedStdErrors, OfTheShippedData) {
  double const pi = boost::math::constants::pi<double>();
  auto const bearings = expected_at("weibull", {}, {2.10205887519462, 81.8783340516316}, 23);
  EXPECT_NEAR(bearings[0], 2.10205887519462 * std::sqrt(6 / (23 * pi * pi)), 1e-13);
  EXPECT_NEAR(bearings[0], 0.34175, 5e-5);
  EXPECT_NEAR(bearings[1], 8.5517, 5e-4);
  EXPECT_NEAR(expected_at("poisson", {}, {0.61}, 200)[0], 0.0552268, 5e-7);
  EXPECT_NEAR(expected_at("exponential", {}, {1 / 108.083}, 12)[0], 0.00267085, 5e-8);
}

TEST(ObservedStdErrors, AgreeWithRsSymbolicHessian) {
  int compared = 0;
  for (auto const& reference : test::reference_fits()) {
    auto const model = sim::make_model(reference.model, {});
    auto const sample = test::same_in_all_lanes(test::data_set(reference.data));
    std::vector<Lanes> theta(2), se(2);
    ASSERT_EQ(estimators::fit(*model, sample, theta.data()).found, sim::all_lanes);
    estimators::observed_std_errors(*model, sample, theta.data(), se.data());
    EXPECT_NEAR(se[test::index_of(*model, reference.parameter)][1] / reference.observed_std_error, 1.0, 1e-9)
        << reference.model << ' ' << reference.data;
    ++compared;
  }
  EXPECT_EQ(compared, 16);
}

TEST(ObservedStdErrors, EqualTheExpectedOnesAtTheMaximumOfAnExponentialFamily) {
  for (std::string const name : {"normal", "gamma"}) {
    auto const model = sim::make_model(name, {});
    auto const sample = test::same_in_all_lanes(test::data_set("ball_bearings"));
    std::vector<Lanes> theta(2), observed(2), expected(2);
    ASSERT_EQ(estimators::fit(*model, sample, theta.data()).found, sim::all_lanes);
    estimators::observed_std_errors(*model, sample, theta.data(), observed.data());
    estimators::expected_std_errors(*model, sample.n(), theta.data(), expected.data());
    for (std::size_t a = 0; a < 2; ++a) EXPECT_NEAR(observed[a][0] / expected[a][0], 1.0, 1e-12) << name;
  }
}

TEST(ObservedStdErrors, DoNotExistWhereTheHessianIsNotNegativeDefinite) {
  // Ten scales off the data the Cauchy likelihood is convex in the location.
  auto const model = sim::make_model("cauchy", {});
  std::vector<Lanes> const theta = {Lanes(10.0), Lanes(1.0)};
  std::vector<Lanes> se(2);
  estimators::observed_std_errors(*model, test::same_in_all_lanes({-1.0, 0.0, 1.0}), theta.data(), se.data());
  EXPECT_TRUE(std::isnan(se[0][0]) && std::isnan(se[1][0]));
}

}  // namespace
}  // namespace fisherlab
