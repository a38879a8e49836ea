#include "estimators/expansions/second_order.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/trigamma.hpp>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/expansions/cox_snell.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::test {
namespace {

using Vector = std::vector<double>;

Eigen::MatrixXd variance(std::string const& model, Vector const& theta, Vector const& constants = {}) {
  return estimators::second_order_covariance(*sim::make_model(model, constants), theta).total();
}

// n Var/rate^2 = n^3/((n - 1)^2 (n - 2)) = 1 + 4/n + ...
TEST(SecondOrderVariance, OfAnExponentialRateIsFour) {
  for (double const rate : {0.05, 1.3, 400.0})
    EXPECT_NEAR(variance("exponential", {rate})(0, 0) / (rate * rate), 4, 1e-5);
}

// sd_hat = sd chi_{n-1}/sqrt(n): n Var = sd^2/2 (1 - 1/(4 n) + ...); the mean is exact and does not depend on it.
TEST(SecondOrderVariance, OfANormalStandardDeviationIsMinusAnEighth) {
  for (Vector const& theta : {Vector{2.0, 3.0}, {-5.0, 0.25}}) {
    auto const v = variance("normal", theta);
    double const unit = theta[1] * theta[1];
    EXPECT_NEAR(v(0, 0) / unit, 0, 1e-5);
    EXPECT_NEAR(v(0, 1) / unit, 0, 1e-5);
    EXPECT_NEAR(v(1, 1) / unit, -0.125, 1e-5);
  }
}

// mean_hat is the mean of the sample; shape_hat = n shape/chi^2_{n-1}, n Var = 2 shape^2 n^3/((n - 3)^2 (n - 5)).
TEST(SecondOrderVariance, OfAnInverseGaussianShapeIsElevenTimesTheFirstOrder) {
  auto const v = variance("inverse_gaussian", {2, 5});
  EXPECT_NEAR(v(0, 0), 0, 1e-4);
  EXPECT_NEAR(v(0, 1), 0, 1e-4);
  EXPECT_NEAR(v(1, 1) / (2 * 25.0), 11, 1e-4);
}

// 1/theta_hat is the mean of n logs of Pareto(2.5), which are exponential.
TEST(SecondOrderVariance, OfAParetoShapeIsThatOfAnExponentialRate) {
  EXPECT_NEAR(variance("pareto", {2.5}, {3.0})(0, 0) / 6.25, 4, 1e-5);
}

TEST(SecondOrderVariance, OfGammaEstimatesIsThatOfTheirCharacteristicFunction) {
  // Fitted to exact n Cov at n = 20 ... 1280, from the inverted characteristic function of log(mean) -
  // mean(log): 10.780 for the shape, 11.082 for the rate, 11.180 for their covariance, each over its entry of I^-1.
  double const k = 2.5, rate = 1.3, psi = boost::math::trigamma(k), d = k * psi - 1;
  auto const v = variance("gamma", {k, rate});
  EXPECT_NEAR(v(0, 0) / (k / d), 10.780, 2e-3);
  EXPECT_NEAR(v(1, 1) / (psi * rate * rate / d), 11.082, 2e-3);
  EXPECT_NEAR(v(0, 1) / (rate / d), 11.180, 2e-3);
}

TEST(SecondOrderVariance, IsZeroForMeans) {
  EXPECT_NEAR(variance("poisson", {4.2})(0, 0), 0, 1e-6);
  EXPECT_NEAR(variance("bernoulli", {0.2})(0, 0), 0, 1e-6);
  EXPECT_NEAR(variance("normal_mean", {2.0}, {3.0})(0, 0), 0, 1e-6);
}

TEST(SecondOrderVariance, OfARayleighScaleIsThatOfARootOfAMean) {
  auto const parts = estimators::second_order_covariance(*sim::make_model("rayleigh", {}), Vector{40.0});
  // scale_hat^2 = scale^2 chi^2_{2n}/(2 n): n Var(scale_hat)/(scale^2/4) = 1 - 1/(8 n) + ...
  EXPECT_NEAR(parts.total()(0, 0) / 400, -0.125, 1e-5);
  EXPECT_NEAR(parts.of_law(0, 0) / 400, 0, 1e-5);
  EXPECT_GT(parts.of_naming(0, 0) / 400, 0.01);
}

TEST(SecondOrderVariance, IsRefusedOutsideTheHypotheses) { EXPECT_THROW(variance("uniform", {3.0}), InputError); }

Vector second_order_bias(std::string const& name, Vector const& theta, Vector const& constants = {}) {
  auto const model = sim::make_model(name, constants);
  auto const mle = estimators::make_estimator("mle", model);
  return estimators::second_order_bias(*mle, theta, estimators::cox_snell_bias(*model, theta)).value();
}

TEST(SecondOrderBias, IsThatOfTheExactMeans) {
  EXPECT_NEAR(second_order_bias("exponential", {0.4})[0] / 0.4, 1, 1e-5);      // n/(n - 1)
  EXPECT_NEAR(second_order_bias("inverse_gaussian", {2, 5})[1] / 5, 9, 1e-4);  // n/(n - 3)
  EXPECT_NEAR(second_order_bias("normal", {2, 3})[1] / 3, -7.0 / 32, 1e-5);    // 1 - 3/(4 n) - 7/(32 n^2)
  EXPECT_NEAR(second_order_bias("rayleigh", {40})[0] / 40, 1.0 / 128, 1e-5);   // 1 - 1/(8 n) + 1/(128 n^2)
  auto const gamma = sim::make_model("gamma", {});
  Vector const zero(2), theta = {2.5, 1.3};
  EXPECT_FALSE(estimators::second_order_bias(*estimators::make_estimator("mle", gamma), theta, zero));
}

}  // namespace
}  // namespace fisherlab::test
