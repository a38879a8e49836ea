#include "estimators/expansions/cox_snell.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/polygamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/math/special_functions/zeta.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::test {
namespace {

using Vector = std::vector<double>;

Vector bias(std::string const& model, Vector const& theta, Vector const& constants = {}) {
  return estimators::cox_snell_bias(*sim::make_model(model, constants), theta);
}

TEST(CoxSnellBias, OfTheExponentialRateIsTheRate) {
  // E = n rate/(n - 1) = rate + rate/n + ...
  for (double const rate : {0.05, 1.3, 400.0}) EXPECT_NEAR(bias("exponential", {rate})[0] / rate, 1.0, 1e-8);
}

TEST(CoxSnellBias, OfTheNormalStandardDeviationIsMinusThreeQuarters) {
  // E = sd sqrt(2/n) Gamma(n/2)/Gamma((n - 1)/2) = sd (1 - 3/(4 n) + ...)
  for (Vector const& theta : {Vector{2.0, 3.0}, {-5.0, 0.25}, {1e3, 1e-2}}) {
    auto const b = bias("normal", theta);
    EXPECT_NEAR(b[0] / theta[1], 0.0, 1e-8);
    EXPECT_NEAR(b[1] / theta[1], -0.75, 1e-8);
  }
}

TEST(CoxSnellBias, OfTheGammaShapeIsTheKnownFormula) {
  for (Vector const& theta : {Vector{2.5, 1.3}, {0.3, 20.0}, {40.0, 1e-3}}) {
    double const k = theta[0];
    double const d = k * boost::math::trigamma(k) - 1.0;
    double const expected = (d - 1.0 - k * k * boost::math::polygamma(2, k)) / (2.0 * d * d);
    EXPECT_NEAR(bias("gamma", theta)[0] / expected, 1.0, 1e-7);
  }
}

TEST(CoxSnellBias, OfTheWeibullShapeIsTheKnownFormula) {
  // 18 (pi^2 - 2 zeta(3))/pi^4 = 1.3795 times the shape.
  double const factor = 18.0 * (sim::pi * sim::pi - 2.0 * boost::math::zeta(3.0)) / std::pow(sim::pi, 4);
  for (Vector const& theta : {Vector{2.1, 82.0}, {0.3, 5.0}, {50.0, 1e5}})
    EXPECT_NEAR(bias("weibull", theta)[0] / theta[0], factor, 1e-7);
}

TEST(CoxSnellBias, IsZeroForMeansAndForCentresOfSymmetry) {
  EXPECT_NEAR(bias("poisson", {4.2})[0], 0.0, 1e-8);
  EXPECT_NEAR(bias("bernoulli", {0.2})[0], 0.0, 1e-10);
  EXPECT_NEAR(bias("normal_mean", {2.0}, {3.0})[0], 0.0, 1e-8);
  EXPECT_NEAR(bias("logistic", {2.0, 3.0})[0], 0.0, 1e-8);
  EXPECT_NEAR(bias("cauchy", {2.0, 3.0})[0], 0.0, 1e-8);
  EXPECT_NEAR(bias("correlated_pair", {2.0}, {3.0, 0.5})[0], 0.0, 1e-8);
}

TEST(CoxSnellBias, OfARateSharedByTwoObservationsIsThatOfTheirSum) {
  // (1 + shape)/mean(x + y) is the rate of Gamma(n (1 + shape)), biased by rate/(n (1 + shape) - 1).
  EXPECT_NEAR(bias("exponential_gamma_pair", {1.3}, {2.5})[0], 1.3 / 3.5, 1e-7);
}

TEST(CoxSnellBias, IsRefusedOutsideTheHypothesesAndTheSpace) {
  EXPECT_THROW(bias("uniform", {3.0}), InputError);
  EXPECT_THROW(bias("gamma", {-1.0, 1.0}), InputError);
}

/// Every closed form that a model states, against cumulants by quadrature; in units of I_aa^-1/2.
TEST(CoxSnellBias, AgreesWithEveryClosedForm) {
  struct Place {
    std::string model;
    Vector theta, constants;
  };
  std::vector<Place> const places = {
      {"exponential", {7.0}, {}},
      {"normal", {2.0, 3.0}, {}},
      {"gamma", {2.5, 1.3}, {}},
      {"weibull", {2.1, 81.9}, {}},
      {"lognormal", {1.2, 0.6}, {}},
      {"gumbel", {-50.0, 0.25}, {}},
      {"pareto", {2.5}, {3.0}},
      {"rayleigh", {40.0}, {}},
      {"inverse_gaussian", {2.0, 5.0}, {}},
      {"beta", {2.5, 1.3}, {}},
      {"geometric", {0.3}, {}},
      {"linear_regression", {-1.0, 0.8, 2.0}, {}},
      {"poisson_regression", {0.5, 0.3}, {}},
  };
  int compared = 0;
  for (auto const& [name, theta, constants] : places) {
    auto const model = sim::make_model(name, constants);
    if (!model->offers().first_order_bias) continue;
    std::vector<sim::Lanes> t(theta.begin(), theta.end()), closed(theta.size());
    model->offers().first_order_bias(t.data(), closed.data());
    auto const quadrature = estimators::cox_snell_bias(*model, theta);
    Vector information(sim::packed_size(theta.size()));
    model->information(theta, information.data());
    for (std::size_t a = 0; a < theta.size(); ++a, ++compared)
      EXPECT_NEAR((closed[a][3] - quadrature[a]) * std::sqrt(information[sim::packed_index(a, a)]), 0.0, 1e-6)
          << name << ' ' << a;
  }
  EXPECT_GE(compared, 20);
}

}  // namespace
}  // namespace fisherlab::test
