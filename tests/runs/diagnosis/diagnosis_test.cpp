#include "runs/diagnosis/diagnosis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "runs/diagnosis/advice.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {

using namespace claims;
namespace {

/// Five Monte Carlo standard errors.
void expect_near(Estimated const& found, double exact, char const* what) {
  EXPECT_GT(found.mcse, 0) << what;
  EXPECT_NEAR(found.value, exact, 5 * found.mcse) << what;
}

runs::Diagnosis of_exponential(std::int64_t n) {
  runs::DiagnosisSettings settings;
  settings.seed = 3;
  settings.threads = 1;
  return diagnose(test::law("exponential", {0.4}), n, settings);
}

/// Largest distance between the law of sqrt(n) (theta_hat/theta - 1) and the normal one, on a fine grid;
/// theta_hat/theta = n/G with G ~ Gamma(n, 1).
double exact_distance(double n) {
  boost::math::gamma_distribution<> const law(n, 1.0);
  boost::math::normal const normal;
  double largest = 0;
  for (int k = 0; k <= 8000; ++k) {
    double const z = -std::min(std::sqrt(n), 4.0) + 1e-9 + 0.001 * k;
    double const below = boost::math::cdf(complement(law, n / (1 + z / std::sqrt(n))));
    largest = std::max(largest, std::fabs(below - boost::math::cdf(normal, z)));
  }
  return largest;
}

double gamma_below(double n, double g) { return boost::math::cdf(boost::math::gamma_distribution<>(n, 1.0), g); }

// E theta_hat = n rate/(n - 1), Var = n^2 rate^2/((n - 1)^2 (n - 2)); both Wald and score hold the truth when
// |G - n| <= z sqrt(n).
TEST(Diagnosis, OfAnExponentialRateMeetsTheExactValues) {
  auto const d = of_exponential(10);
  EXPECT_EQ(d.n, 10);
  EXPECT_EQ(d.level, 0.95);
  EXPECT_EQ(d.replicates, 65'536);
  EXPECT_EQ(d.failed, 0);
  ASSERT_EQ(d.parameters.size(), 1u);
  auto const& p = d.parameters[0];
  EXPECT_EQ(p.parameter, "rate");
  expect_near(p.bias_in_std_errors, std::sqrt(8.0) / 10, "bias");
  // By the delta method 1 - r skewness + r^2 (kurtosis - 1)/4, r = sqrt(8)/10, of an inverse gamma law of shape 10.
  double const r = std::sqrt(8.0) / 10, skewness = 4 * std::sqrt(8.0) / 7, kurtosis = 3 + 6.0 * 39 / 42;
  double const spread = std::sqrt(1 - r * skewness + r * r * (kurtosis - 1) / 4);
  EXPECT_NEAR(256 * p.bias_in_std_errors.mcse, spread, 0.03 * spread);
  expect_near(p.variance_ratio, 1000.0 / (81 * 8), "variance ratio");
  expect_near(p.wald, 0.954922, "Wald");
  expect_near(p.score, 0.954922, "score");
  EXPECT_NEAR(p.distance_to_normal, exact_distance(10), p.distance_band);
  EXPECT_LT(p.distance_band, 0.01);
  // The interval lies above the truth where G is small.
  EXPECT_NEAR(p.wald_above, gamma_below(10, 10 - 1.959963984540054 * std::sqrt(10.0)), 0.004);

  ASSERT_EQ(d.performance.size(), 1u);
  expect_near(d.performance[0].bias, 0.4 / 9, "bias");
  EXPECT_NEAR(d.performance[0].emp_se.value, 0.4 * std::sqrt(0.154321 / 1.0), 5 * d.performance[0].emp_se.mcse);
  expect_near(*d.performance[0].coverage, 0.954922, "coverage");
}

// The likelihood ratio holds the truth when 2 n (g - 1 - log g) <= z^2 with g = G/n.
TEST(Diagnosis, LikelihoodRatioCoverageIsExactToo) {
  double const n = 5;
  double const z = 1.959963984540054;
  auto const ratio = [&](double g) { return 2 * n * (g - 1 - std::log(g)) - z * z; };
  auto const root = [&](double inside, double outside) {
    for (int k = 0; k < 200; ++k) {
      double const middle = 0.5 * (inside + outside);
      (ratio(middle) <= 0 ? inside : outside) = middle;
    }
    return inside;
  };
  boost::math::gamma_distribution<> const law(n, 1.0);
  double const exact = boost::math::cdf(law, n * root(1, 10)) - boost::math::cdf(law, n * root(1, 1e-9));
  auto const p = of_exponential(5).parameters[0];
  expect_near(p.likelihood_ratio, exact, "likelihood ratio");
  expect_near(p.wald, 0.956203, "Wald");
}

TEST(Diagnosis, SaysWhenFitsFail) {
  auto const d =
      runs::diagnose(test::law("normal", {2, 3}), 1,
                     {.seed = 3, .replicates = 1024, .level = 0.95, .threads = 1, .stop = {}, .advance = {}});
  EXPECT_EQ(d.replicates, 1024);
  EXPECT_EQ(d.failed, 1024);
  EXPECT_TRUE(d.parameters.empty());
  estimators::FittedModel const fit;
  auto const sentences = runs::advice({fit, d, {}, nullptr});
  ASSERT_EQ(sentences.size(), 1u);
  EXPECT_EQ(sentences[0].rfind("100.0 % of the simulated fits gave no estimate", 0), 0u);
}

runs::Diagnosis of_law(claims::Law const& law, std::int64_t n, std::int64_t replicates = 65'536) {
  return runs::diagnose(law, n,
                        {.seed = 1, .replicates = replicates, .level = 0.95, .threads = 1, .stop = {}, .advance = {}});
}

// No figure but the angle depends on where 0 lies: the estimate of tests/data/directions_north.csv, turned to where
// estimates jump by 2 pi near the mean.
TEST(Diagnosis, OfADirectionIsTheSameAllRoundTheCircle) {
  auto const north = of_law(test::law("von_mises", {0.1963, 2.066}), 25);
  for (double const mean : {0.1963 - M_PI, 3.13, -M_PI}) {
    auto const there = of_law(test::law("von_mises", {mean, 2.066}), 25);
    for (std::size_t a = 0; a < 2; ++a) {
      auto const &p = north.parameters[a], &q = there.parameters[a];
      auto const near = [&](Estimated const& x, Estimated const& y, char const* what) {
        EXPECT_NEAR(x.value, y.value, 5 * std::hypot(x.mcse, y.mcse)) << what << " at " << mean;
      };
      near(p.wald, q.wald, "Wald");
      near(p.score, q.score, "score");
      near(p.likelihood_ratio, q.likelihood_ratio, "likelihood ratio");
      near(p.bias_in_std_errors, q.bias_in_std_errors, "bias");
      near(p.variance_ratio, q.variance_ratio, "variance");
    }
    EXPECT_NEAR(100 * there.parameters[0].wald.value, 93.57, 0.5);
    EXPECT_NEAR(there.performance[0].coverage->value, north.performance[0].coverage->value, 0.005);
  }
}

// 1 - 1/(2n) of it: the estimates of a gamma law of low spread are functions of the mean and the variance of nearly
// normal data, and 2 n [g - 1 - log g], g = shape_hat/shape inverse chi-square, has an exact law up to 1/shape.
TEST(Diagnosis, FindsTheLikelihoodRatioIntervalsOfALawOfLowSpread) {
  for (double const shape : {764276.0, 1e9}) {
    auto const d = of_law(test::law("gamma", {shape, 0.77 * shape}), 60);
    for (auto const& p : d.parameters) {
      EXPECT_EQ(p.likelihood_ratio_not_found, 0) << shape;
      EXPECT_EQ(p.score_not_found, 0) << shape;
      expect_near(p.likelihood_ratio, 0.9464, "likelihood ratio");
    }
  }
}

TEST(Diagnosis, StopsWhenTold) {
  runs::DiagnosisSettings settings;
  settings.stop = [] { return true; };
  EXPECT_THROW(diagnose(test::law("exponential", {0.4}), 10, settings), sim::Interrupted);
}

}  // namespace
}  // namespace fisherlab::runs
