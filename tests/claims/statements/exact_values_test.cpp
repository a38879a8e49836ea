#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/performance_measures.hpp"
#include "estimators/catalogue.hpp"
#include "runs/replicates.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

constexpr std::int64_t replicates = 65'536;

std::vector<PerformanceRow> measure(Law const& law, std::int64_t n, std::string const& estimator) {
  Scenario const scenario{{law, law, {}}, n};
  auto const made = estimators::make_estimator(estimator, law.model);
  auto const probe = performance_probe(law, 0, made, n, 0.95);
  sim::Tally tally(probe.shape);
  runs::fold_replicates(scenario, {&probe}, {21, 0, replicates}, {.threads = 1, .stop = {}, .advance = {}}, {&tally});
  return performance_rows(scenario, *made, tally, 0.95);
}

/// Five Monte Carlo standard errors, which are themselves small beside the value.
void expect_near(Estimated const& found, double exact) {
  EXPECT_NEAR(found.value, exact, 5 * found.mcse);
  EXPECT_LT(found.mcse, 0.02 * std::fabs(exact)) << "a test that could not fail";
}

// E = n rate/(n - 1) = 1.11111 and Var = n^2 rate^2/((n - 1)^2 (n - 2)) = 0.154321 at n = 10, rate 1.
TEST(ExactValues, OfAnExponentialRate) {
  for (double const rate : {1.0, 0.4}) {
    auto const row = measure(test::law("exponential", {rate}), 10, "mle")[0];
    EXPECT_NEAR(row.mean.value(), 1.11111 * rate, 5 * row.bias.mcse);
    expect_near(row.bias, rate / 9);
    expect_near(row.emp_se, rate * std::sqrt(0.154321));
    EXPECT_EQ(row.failed, 0);
  }
}

// (n - 1)/sum x is unbiased with variance rate^2/(n - 2).
TEST(ExactValues, OfTheBestUnbiasedRate) {
  auto const row = measure(test::law("exponential", {0.4}), 10, "best_unbiased")[0];
  EXPECT_NEAR(row.bias.value, 0, 5 * row.bias.mcse);
  expect_near(row.emp_se, 0.4 / std::sqrt(8.0));
}

// E sd_hat^2 = (n - 1) sd^2/n, and E sd_hat = sd sqrt(2/n) Gamma(n/2)/Gamma((n - 1)/2).
TEST(ExactValues, OfANormalVariance) {
  double const n = 10, sd = 3;
  auto const rows = measure(test::law("normal", {2, sd}), 10, "mle");
  EXPECT_NEAR(rows[0].bias.value, 0, 5 * rows[0].bias.mcse);
  expect_near(rows[0].emp_se, sd / std::sqrt(n));
  double const mean = sd * std::sqrt(2 / n) * std::exp(std::lgamma(n / 2) - std::lgamma((n - 1) / 2));
  expect_near(rows[1].bias, mean - sd);
  expect_near(rows[1].emp_se, std::sqrt((n - 1) / n * sd * sd - mean * mean));
}

// The estimated variance itself, (n - 1) sd^2/n on average with variance 2 (n - 1) sd^4/n^2.
TEST(ExactValues, OfTheVarianceOfANormalVariance) {
  double const n = 10, sd = 3;
  auto const law = test::law("normal", {2, sd});
  auto const mle = estimators::make_estimator("mle", law.model);
  sim::Sample sample(10, 1);
  estimators::Estimates estimates;
  std::vector<double> values;
  for (std::int64_t r = 0; r < replicates; r += sim::lane_count) {
    law.model->draw(law.theta, {21, 77, static_cast<std::uint64_t>(r)}, sample);
    mle->estimate(sample, estimates);
    for (int lane = 0; lane < sim::lane_count; ++lane)
      values.push_back(estimates.value[1][lane] * estimates.value[1][lane]);
  }
  double sum = 0, squares = 0, fourth = 0;
  for (double const v : values) sum += v;
  double const count = static_cast<double>(values.size()), mean = sum / count;
  for (double const v : values) squares += (v - mean) * (v - mean), fourth += std::pow(v - mean, 4);
  double const variance = squares / (count - 1);
  expect_near({mean, std::sqrt(variance / count)}, (n - 1) * sd * sd / n);
  expect_near({variance, std::sqrt((fourth / count - variance * variance) / count)},
              2 * (n - 1) * std::pow(sd, 4) / (n * n));
}

// The maximum of uniform data: E = n upper/(n + 1), Var = n upper^2/((n + 1)^2 (n + 2)).
TEST(ExactValues, OfTheMaximumOfUniformData) {
  auto const row = measure(test::law("uniform", {3}), 10, "mle")[0];
  expect_near(row.bias, -3.0 / 11);
  expect_near(row.emp_se, 3 * std::sqrt(10.0 / (121 * 12)));
}

// n Var(shape)/shape^2 = 6/pi^2 = 0.607927, n shape^2 Var(scale)/scale^2 = 1.108665, n Cov/scale = 0.257022.
TEST(ExactValues, OfWeibullLimits) {
  int checked = 0;
  for (auto const& [shape, scale] : {std::pair{2.1, 81.9}, {0.8, 3.0}, {12.0, 0.02}}) {
    auto const law = test::law("weibull", {shape, scale});
    auto const i = test::information_of(law);
    double const determinant = i[0] * i[2] - i[1] * i[1];
    EXPECT_NEAR(i[2] / determinant / (shape * shape), 0.607927, 5e-7);
    EXPECT_NEAR(i[0] / determinant * shape * shape / (scale * scale), 1.108665, 5e-7);
    EXPECT_NEAR(-i[1] / determinant / scale, 0.257022, 5e-7);
    EXPECT_NEAR(6 / (std::numbers::pi * std::numbers::pi), 0.607927, 5e-7);
    auto const bound = bound_matrix(law, estimators::identity_target(law.theta));
    EXPECT_NEAR(bound[1] / scale, 0.257022, 5e-7);
    ++checked;
  }
  EXPECT_EQ(checked, 3);
}

// Cox and Snell (1968): the bias of the gamma shape is, to first order,
// (k psi' - k^2 psi'' - 2)/(2n (k psi' - 1)^2); at k = 5/2, psi' = pi^2/2 - 40/9 and psi'' = 16 + 16/27 - 14 zeta(3).
TEST(ExactValues, OfTheGammaShapeBias) {
  double const k = 2.5, n = 200;
  double const first = std::numbers::pi * std::numbers::pi / 2 - 40.0 / 9;
  double const second = 16 + 16.0 / 27 - 14 * 1.2020569031595942;
  double const b = (k * first - k * k * second - 2) / (2 * (k * first - 1) * (k * first - 1));
  auto const row = measure(test::law("gamma", {k, 1.3}), 200, "mle")[0];
  // The next order is b/n relative to the first, times a constant of a few units.
  EXPECT_NEAR(row.bias.value, b / n, 5 * row.bias.mcse + 5 * b / n * b / n);
  EXPECT_GT(row.bias.value, 10 * row.bias.mcse);
}

}  // namespace
}  // namespace fisherlab::claims
