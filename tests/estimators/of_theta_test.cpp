#include "estimators/of_theta.hpp"

#include <gtest/gtest.h>

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/polygamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "estimators/std_errors.hpp"
#include "tests/estimators/samples.hpp"
#include "tests/estimators/simulated.hpp"

namespace fisherlab {
namespace {

using estimators::Estimates;
using sim::Lanes;
using test::allowed_errors;

Estimates estimates_of(std::string const& estimator, std::string const& model, sim::Sample const& sample) {
  Estimates estimates;
  estimators::make_estimator(estimator, sim::make_model(model, {}))->estimate(sample, estimates);
  return estimates;
}

// From k0 = mean^2/variance the rate score vanishes, so with D = log mean - mean log x the step in the shape is
// k0 (log k0 - psi(k0) - D)/(k0 psi'(k0) - 1), and in the rate that over the mean.
TEST(OneStep, OfAGammaSampleIsTheStepByHand) {
  std::vector<double> const x = {4.0, 1.0, 2.0, 9.0};
  double const mean = 4, k = 16 / 9.5;
  double const d = std::log(4.0) - (std::log(4.0) + std::log(2.0) + std::log(9.0)) / 4;
  double const step = k * (std::log(k) - boost::math::digamma(k) - d) / (k * boost::math::trigamma(k) - 1);
  auto const e = estimates_of("one_step", "gamma", test::same_in_all_lanes(x));
  EXPECT_EQ(e.found, sim::all_lanes);
  EXPECT_NEAR(e.value[0][2], k + step, 1e-12);
  EXPECT_NEAR(e.value[1][2], (k + step) / mean, 1e-12);
  std::vector<Lanes> se(2);
  estimators::expected_std_errors(*sim::make_model("gamma", {}), 4, e.value.data(), se.data());
  for (std::size_t a = 0; a < 2; ++a) EXPECT_EQ(e.std_error[a][2], se[a][2]);
}

TEST(OneStep, OfANormalSampleIsTheMaximum) {
  auto const sample = test::same_in_all_lanes({4.0, 1.0, 2.0, 9.0});
  auto const e = estimates_of("one_step", "normal", sample);
  EXPECT_NEAR(e.value[0][0], 4.0, 1e-14);
  EXPECT_NEAR(e.value[1][0], std::sqrt(9.5), 1e-14);
}

TEST(OneStep, IsMissingWhereTheStartOrTheStepLeavesTheSpace) {
  for (char const* const model : {"gamma", "normal", "logistic", "weibull", "cauchy"})
    EXPECT_EQ(estimates_of("one_step", model, test::constant_sample(0.1, 10)).found, 0) << model;
  // Half the sample 1e-60 times the other: by moments the shape is about 1, and one step from there leads below 0.
  std::vector<double> x(40, 1.0);
  for (std::size_t i = 0; i < 20; ++i) x[i] = 1e-60 * (1.0 + static_cast<double>(i));
  EXPECT_EQ(estimates_of("one_step", "gamma", test::same_in_all_lanes(x)).found, 0);
  EXPECT_EQ(estimates_of("mle", "gamma", test::same_in_all_lanes(x)).found, sim::all_lanes);
}

// The one-step estimate and the maximum differ by O(1/n), so n Var of both tend to I^-1: within 4 % at n = 400.
TEST(OneStep, IsEfficientInTheLimit) {
  for (auto const& [name, theta, bound] :
       {std::tuple{"cauchy", std::vector<double>{-3.0, 2.0}, 2.0 * 4.0}, {"logistic", {-3.0, 2.0}, 3.0 * 4.0}}) {
    auto const model = sim::make_model(name, {});
    auto const s = test::simulate("one_step", model, theta, 400, 60'000).at(0);
    EXPECT_NEAR(400 * s.variance / bound, 1.0, 0.04 + allowed_errors * s.variance_error / s.variance) << name;
    test::expect_mean(s, -3.0);
  }
}

TEST(BiasCorrected, SubtractsTheBiasByHand) {
  double const k = 2.5, rate = 1.3, pi = boost::math::constants::pi<double>(),
               g = boost::math::constants::euler<double>(), z = boost::math::constants::zeta_three<double>();
  double const first = boost::math::trigamma(k), second = boost::math::polygamma(2, k);
  double const b = (k * first - k * k * second - 2) / (2 * std::pow(k * first - 1, 2));
  struct Example {
    std::string model;
    std::vector<double> theta, bias;
  };
  std::vector<Example> const examples = {
      {"exponential", {0.4}, {0.4}},
      {"normal", {1.5, 2.0}, {0.0, -1.5}},
      {"poisson", {2.5}, {0.0}},
      {"bernoulli", {0.3}, {0.0}},
      {"gamma", {k, rate}, {b, (b + 1) * rate / k}},
      {"weibull",
       {2.0, 3.0},
       {2 * 1.3795306914316206,
        3.0 * (0.5543324495 / 4 + ((15 - 12 * g) / (pi * pi) - 36 * (1 - g) * z / std::pow(pi, 4) - 1) / 2)}},
  };
  for (auto const& e : examples) {
    auto const model = sim::make_model(e.model, {});
    std::vector<Lanes> const theta(e.theta.begin(), e.theta.end());
    std::vector<Lanes> bias(theta.size());
    model->offers().first_order_bias(theta.data(), bias.data());
    for (std::size_t a = 0; a < theta.size(); ++a)
      EXPECT_NEAR(bias[a][1], e.bias[a], 1e-9 * std::fabs(e.bias[a])) << e.model << ' ' << a;
  }
  auto const x = test::same_in_all_lanes({4.0, 1.0, 2.0, 9.0});
  auto const rate_estimate = estimates_of("bias_corrected", "exponential", x);
  EXPECT_DOUBLE_EQ(rate_estimate.value[0][0], 0.25 * 0.75);
  EXPECT_DOUBLE_EQ(rate_estimate.std_error[0][0], 0.25 / 2);
}

// n/(n - 1) rate less 1/n of itself is the rate exactly.
TEST(BiasCorrected, ExponentialRateIsUnbiased) {
  auto const model = sim::make_model("exponential", {});
  test::expect_mean(test::simulate("bias_corrected", model, {0.4}, 6, 200'000).at(0), 0.4);
}

// The remaining bias is of the order 1/n^2: at n = 60 below a tenth of what was there.
TEST(BiasCorrected, TakesNineTenthsOfTheBias) {
  for (auto const& [name, theta] :
       {std::pair{"gamma", std::vector<double>{2.5, 1.3}}, {"weibull", {1.7, 3.0}}, {"normal", {1.5, 2.0}}}) {
    auto const model = sim::make_model(name, {});
    auto const raw = test::simulate("mle", model, theta, 60, 80'000);
    auto const corrected = test::simulate("bias_corrected", model, theta, 60, 80'000);
    int seen = 0;
    for (std::size_t a = 0; a < theta.size(); ++a) {
      double const before = raw[a].mean - theta[a], after = corrected[a].mean - theta[a];
      double const noise = allowed_errors * corrected[a].mean_error;
      EXPECT_LT(std::fabs(after), 0.1 * std::fabs(before) + noise) << name << ' ' << a;
      if (std::fabs(before) > 2 * noise) ++seen;
    }
    EXPECT_GE(seen, 1) << name << ": the bias must show";
  }
}

// Cox and Snell by hand against the bias itself at a large n: n (mean - theta) within its error.
TEST(FirstOrderBias, IsWhatSimulationGives) {
  struct Example {
    std::string model;
    std::vector<double> theta;
  };
  int checked = 0;
  for (auto const& e : {Example{"weibull", {0.6, 3.0}}, {"weibull", {4.0, 0.2}}, {"gamma", {0.4, 5.0}}}) {
    auto const model = sim::make_model(e.model, {});
    std::vector<Lanes> const theta(e.theta.begin(), e.theta.end());
    std::vector<Lanes> bias(2);
    model->offers().first_order_bias(theta.data(), bias.data());
    std::int64_t const n = 100;
    auto const s = test::simulate("mle", model, e.theta, n, 60'000);
    for (std::size_t a = 0; a < 2; ++a, ++checked) {
      double const first = bias[a][0] / static_cast<double>(n);
      // The next order is smaller by the order of 1/n: 8/n of the bias, and of the parameter over n, is allowed for it.
      EXPECT_NEAR(
          s[a].mean - e.theta[a], first,
          allowed_errors * s[a].mean_error + 8.0 / static_cast<double>(n) * std::fabs(first) + 8e-4 * e.theta[a])
          << e.model << ' ' << a;
    }
  }
  EXPECT_EQ(checked, 6);
}

// E of the estimate: exact for every n, its gradient too.
TEST(MeanOfEstimate, IsExact) {
  struct Example {
    std::string model;
    std::vector<double> constants, theta;
    std::int64_t n;
  };
  int checked = 0;
  for (auto const& e : {Example{"exponential", {}, {0.4}, 5},
                        {"normal", {}, {1.5, 2.0}, 4},
                        {"normal_mean", {2.0}, {1.5}, 3},
                        {"poisson", {}, {2.5}, 3},
                        {"bernoulli", {}, {0.3}, 5},
                        {"uniform", {}, {3.0}, 4}}) {
    auto const model = sim::make_model(e.model, e.constants);
    auto const mean = estimators::make_estimator("mle", model)->mean(e.theta, e.n).value();
    auto const s = test::simulate("mle", model, e.theta, e.n, 100'000);
    for (std::size_t a = 0; a < e.theta.size(); ++a) {
      test::expect_mean(s[a], mean.value[a]);
      // Every one of these means is proportional to its own parameter alone.
      for (std::size_t b = 0; b < e.theta.size(); ++b)
        EXPECT_DOUBLE_EQ(mean.jacobian[a * e.theta.size() + b], a == b ? mean.value[a] / e.theta[a] : 0.0);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 7);
}

}  // namespace
}  // namespace fisherlab
