// Simulated means and variances of estimators against exact ones. Each comparison may miss by 5.5 Monte Carlo standard
// errors, which a right program does with probability 4e-8.
#include <gtest/gtest.h>

#include <boost/math/special_functions/polygamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "estimators/catalogue.hpp"
#include "tests/estimators/simulated.hpp"

namespace fisherlab {
namespace {

using test::allowed_errors, test::expect_mean, test::expect_variance, test::Simulated;

std::vector<Simulated> simulate(std::string const& estimator, std::string const& model,
                                std::vector<double> const& theta, std::int64_t n, std::uint64_t replicates) {
  return test::simulate(estimator, sim::make_model(model, {}), theta, n, replicates);
}

TEST(ExactMoments, OfTheExponentialRate) {
  auto const s = simulate("mle", "exponential", {1.0}, 10, 400'000).at(0);
  expect_mean(s, 10.0 / 9);
  expect_variance(s, 100.0 / (81 * 8));
  EXPECT_NEAR(100.0 / (81 * 8), 0.154321, 5e-7);
}

TEST(ExactMoments, OfTheNormalVariance) {
  double const sd = 2.0, n = 7;
  auto const model = sim::make_model("normal", {});
  auto const estimator = estimators::make_estimator("mle", model);
  std::vector<double> const theta = {1.5, sd};
  std::vector<double> variances;
  sim::Sample sample(7, 1);
  estimators::Estimates estimates;
  for (std::uint64_t r = 0; r < 200'000; r += sim::lane_count) {
    model->draw(theta, {.seed = 21, .scenario = 0, .replicate = r}, sample);
    estimator->estimate(sample, estimates);
    for (int lane = 0; lane < sim::lane_count; ++lane) variances.push_back(std::pow(estimates.value[1][lane], 2));
  }
  auto const s = test::summary_of(variances);
  expect_mean(s, (n - 1) * sd * sd / n);
  expect_variance(s, 2 * (n - 1) * std::pow(sd, 4) / (n * n));
}

TEST(ExactMoments, OfTheBestUnbiasedEstimators) {
  auto const rate = simulate("best_unbiased", "exponential", {1.3}, 5, 200'000).at(0);
  expect_mean(rate, 1.3);
  auto const normal = simulate("best_unbiased", "normal", {1.5, 2.0}, 5, 200'000);
  expect_mean(normal.at(0), 1.5);
  expect_mean(normal.at(1), 2.0);
  expect_variance(normal.at(0), 4.0 / 5);
  auto const upper = simulate("best_unbiased", "uniform", {3.0}, 5, 200'000).at(0);
  expect_mean(upper, 3.0);
  expect_variance(upper, 9.0 / (5 * 7));
}

TEST(ExactMoments, RefuteAnEstimatorThatIsBiased) {
  auto const s = simulate("mle", "uniform", {3.0}, 5, 200'000).at(0);  // the largest observation: mean 3 n/(n + 1)
  expect_mean(s, 2.5);
  EXPECT_GT(std::fabs(s.mean - 3.0), allowed_errors * s.mean_error);
}

TEST(ExactMoments, OfTheGammaShapeToSecondOrder) {
  double const k = 2.5, n = 200;
  double const first = boost::math::trigamma(k), second = boost::math::polygamma(2, k);
  double const bias = (k * first - k * k * second - 2) / (2 * n * std::pow(k * first - 1, 2));
  auto const s = simulate("mle", "gamma", {k, 1.3}, 200, 200'000);
  // What follows the first order is smaller by a factor of the order 1/n; 8/n of the bias is allowed for it.
  EXPECT_NEAR(s.at(0).mean, k + bias, allowed_errors * s.at(0).mean_error + 8 / n * bias);
  EXPECT_GT(s.at(0).mean - k, allowed_errors * s.at(0).mean_error) << "the bias must show";
}

TEST(ExactMoments, OfTheSampleMeanAndMedian) {
  auto const mean = simulate("sample_mean", "gamma", {2.5, 1.3}, 5, 200'000).at(0);
  expect_mean(mean, 2.5 / 1.3);
  expect_variance(mean, 2.5 / (1.3 * 1.3) / 5);
  // The median of three exponential numbers is the sum of the first two spacings, 1/3 and 1/2 on average.
  auto const median = simulate("sample_median", "exponential", {1.0}, 3, 200'000).at(0);
  expect_mean(median, 5.0 / 6);
  expect_variance(median, 1.0 / 9 + 1.0 / 4);
}

}  // namespace
}  // namespace fisherlab
