#include "estimators/resampling/resampling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/expects.hpp"
#include "estimators/catalogue.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab {
namespace {

using estimators::make_estimator;
using estimators::ResamplingSource;
using sim::make_model;

std::vector<double> const lives = {3.1, 0.4, 2.2, 7.9, 1.5, 0.8, 4.4, 2.9, 0.2, 5.0};

estimators::Resampled of_lives(ResamplingSource source, int count, double rate) {
  auto const model = make_model("exponential", {});
  std::vector const theta{rate};
  return estimators::resampled(*make_estimator("mle", model), *model, test::same_in_all_lanes(lives), 3, theta,
                               {source, count});
}

/// Mean and variance of 1/rate, the resampled mean.
std::pair<double, double> moments_of_means(std::vector<double> const& rates) {
  double mean = 0, squares = 0;
  for (double const rate : rates) mean += 1 / rate / static_cast<double>(rates.size());
  for (double const rate : rates) squares += std::pow(1 / rate - mean, 2) / static_cast<double>(rates.size() - 1);
  return {mean, squares};
}

// Of resamples of the observations the mean has the mean and 1/n of the variance (divisor n) of the sample; of samples
// from an exponential law it has the variance 1/(n rate^2). Intervals of five standard errors, 20,000 resamples.
TEST(Resampling, HasTheMomentsOfWhatItDrawsFrom) {
  double const n = 10;
  double const mean = std::accumulate(lives.begin(), lives.end(), 0.0) / n;
  double variance = 0;
  for (double const x : lives) variance += std::pow(x - mean, 2) / n;
  auto const again = moments_of_means(of_lives(ResamplingSource::observations, 20'000, 1 / mean).value[0]);
  EXPECT_NEAR(again.first, mean, 5 * std::sqrt(variance / n / 20'000));
  EXPECT_NEAR(again.second, variance / n, 5 * variance / n * std::sqrt(2.5 / 20'000));
  auto const fitted = moments_of_means(of_lives(ResamplingSource::fitted_model, 20'000, 0.4).value[0]);
  EXPECT_NEAR(fitted.first, 2.5, 5 * 2.5 / std::sqrt(n * 20'000));
  EXPECT_NEAR(fitted.second, 2.5 * 2.5 / n, 5 * 2.5 * 2.5 / n * std::sqrt(2.6 / 20'000));
}

TEST(Resampling, IsAFunctionOfTheSampleAndOfNothingElse) {
  auto const sample = test::same_in_all_lanes(lives);
  auto const key = estimators::resampling_key(sample, 0), other = estimators::resampling_key(sample, 7);
  EXPECT_EQ(key.scenario, other.scenario);
  EXPECT_EQ(key.replicate, other.replicate);
  auto changed = lives;
  changed[4] += 1e-15;
  auto const third = estimators::resampling_key(test::same_in_all_lanes(changed), 0);
  EXPECT_NE(key.replicate, third.replicate);
  // More resamples begin with the same ones.
  auto const few = of_lives(ResamplingSource::observations, 12, 1).value[0];
  auto const many = of_lives(ResamplingSource::observations, 40, 1).value[0];
  ASSERT_EQ(few.size(), 12u);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
}

TEST(Resampling, HasNoneFromAModelOnTheEdgeOfItsSpace) {
  auto const model = make_model("bernoulli", {});
  auto const mle = make_estimator("mle", model);
  std::vector const edge{0.0};
  auto const sample = test::constant_sample(0, 8);
  EXPECT_EQ(estimators::resampled(*mle, *model, sample, 0, edge, {ResamplingSource::fitted_model, 20}).count, 0);
  EXPECT_EQ(estimators::resampled(*mle, *model, sample, 0, edge, {ResamplingSource::observations, 20}).count, 20);
}

TEST(LeftOut, AreTheEstimatesWithoutEachObservation) {
  auto const mle = make_estimator("mle", make_model("exponential", {}));
  auto const found = estimators::left_out_estimates(*mle, test::same_in_all_lanes(lives), 5, 0);
  ASSERT_EQ(found.size(), lives.size());
  double const sum = std::accumulate(lives.begin(), lives.end(), 0.0);
  for (std::size_t i = 0; i < lives.size(); ++i) EXPECT_NEAR(found[i], 9 / (sum - lives[i]), 1e-14);
}

// The bootstrap of a normal mean with known sd: resampled from the model it has the standard error sd/sqrt(n).
TEST(Bootstrap, HasTheSpreadOfTheResamplesAsItsStandardError) {
  estimators::Estimates estimates;
  auto const model = make_model("normal_mean", std::vector{2.0});
  auto const sample = test::same_in_all_lanes(lives);
  make_estimator("parametric_bootstrap(4000)", model)->estimate(sample, estimates);
  EXPECT_EQ(estimates.found, sim::all_lanes);
  EXPECT_DOUBLE_EQ(estimates.value[0][2], std::accumulate(lives.begin(), lives.end(), 0.0) / 10);
  EXPECT_NEAR(estimates.std_error[0][2], 2 / std::sqrt(10.0), 5 * 2 / std::sqrt(10.0) / std::sqrt(8000.0));
  EXPECT_EQ(estimates.std_error[0][0], estimates.std_error[0][7]);
}

TEST(Bootstrap, RefusesHalfAResample) {
  EXPECT_THROW(make_estimator("bootstrap(50.5)", make_model("normal", {})), InputError);
  EXPECT_THROW(make_estimator("bootstrap(1)", make_model("normal", {})), InputError);
  EXPECT_THROW(make_estimator("bootstrap", make_model("normal", {})), InputError);
}

}  // namespace
}  // namespace fisherlab
