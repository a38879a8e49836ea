#include "estimators/intervals.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab {
namespace {

using estimators::fit_data;
using estimators::FittedModel;

FittedModel fit_to(std::string const& model, std::vector<double> const& observations, double level = 0.95) {
  FittedModel result = fit_data(*sim::make_model(model, {}), observations, level);
  EXPECT_TRUE(result.found) << model;
  return result;
}

double normal_quantile(double level) { return quantile(boost::math::normal(), 0.5 + 0.5 * level); }

template <class F>
double root(F const& f, double low, double high) {
  boost::math::tools::eps_tolerance<double> const tolerance(50);
  std::uintmax_t steps = 200;
  auto const bracket = boost::math::tools::toms748_solve(f, low, high, tolerance, steps);
  return 0.5 * (bracket.first + bracket.second);
}

void expect_bounds(estimators::Bounds const& actual, double lower, double upper, double tolerance) {
  EXPECT_NEAR(actual.lower, lower, tolerance);
  EXPECT_NEAR(actual.upper, upper, tolerance);
}

TEST(FitData, GivesThePoissonIntervalsInClosedForm) {
  auto const kicks = test::data_set("horse_kicks");
  for (double const level : {0.5, 0.9, 0.95, 0.999}) {
    auto const p = fit_to("poisson", kicks, level).parameters.at(0);
    double const z = normal_quantile(level), n = 200, mean = 0.61;
    EXPECT_EQ(p.name, "mean");
    EXPECT_DOUBLE_EQ(p.estimate, mean);
    EXPECT_DOUBLE_EQ(p.std_error, std::sqrt(mean / n));
    EXPECT_DOUBLE_EQ(p.observed_std_error, std::sqrt(mean / n));
    expect_bounds(p.wald, mean - z * p.std_error, mean + z * p.std_error, 1e-14);
    double const centre = mean + z * z / (2 * n);  // n (mean - m)^2 = z^2 m solved for m
    double const half = std::sqrt(centre * centre - mean * mean);
    expect_bounds(p.score, centre - half, centre + half, 1e-13);
    auto const excess = [&](double m) { return 2 * n * (m - mean - mean * std::log(m / mean)) - z * z; };
    expect_bounds(p.likelihood_ratio, root(excess, 0.01, mean), root(excess, mean, 5), 1e-12);
  }
}

TEST(FitData, GivesTheExponentialIntervalsInClosedForm) {
  auto const failures = test::data_set("air_conditioning");
  auto const p = fit_to("exponential", failures).parameters.at(0);
  double const z = normal_quantile(0.95), n = 12, rate = p.estimate;
  EXPECT_NEAR(1 / rate, 108.083, 0.0005);
  EXPECT_NEAR(p.std_error, rate / std::sqrt(n), 1e-17);
  expect_bounds(p.score, rate * (1 - z / std::sqrt(n)), rate * (1 + z / std::sqrt(n)), 1e-15);
  auto const excess = [&](double v) { return 2 * n * (v / rate - 1 - std::log(v / rate)) - z * z; };
  expect_bounds(p.likelihood_ratio, root(excess, 0.01 * rate, rate), root(excess, rate, 10 * rate), 1e-14);
}

TEST(FitData, GivesTheNormalIntervalsInClosedForm) {
  auto const lives = test::data_set("ball_bearings");
  auto const fitted = fit_to("normal", lives);
  double const z = normal_quantile(0.95), n = 23;
  auto const& mean = fitted.parameters.at(0);
  auto const& sd = fitted.parameters.at(1);
  double const s = sd.estimate;
  // n log(1 + d^2/s^2) = z^2 and n d^2/(s^2 + d^2) = z^2 solved for the distance d.
  double const by_ratio = s * std::sqrt(std::expm1(z * z / n));
  double const by_score = s * std::sqrt(z * z / (n - z * z));
  expect_bounds(mean.likelihood_ratio, mean.estimate - by_ratio, mean.estimate + by_ratio, 1e-10);
  expect_bounds(mean.score, mean.estimate - by_score, mean.estimate + by_score, 1e-10);
  // n (q - 1)^2/2 = z^2 solved for q = s^2/sd^2.
  double const step = z * std::sqrt(2 / n);
  expect_bounds(sd.score, s / std::sqrt(1 + step), s / std::sqrt(1 - step), 1e-10);
  EXPECT_NEAR(fitted.log_likelihood, -n * (std::log(s) + 0.5 * std::log(8 * std::atan(1.0)) + 0.5), 1e-11);
}

TEST(FitData, GivesTheLikelihoodRatioIntervalsThatRFinds) {
  int compared = 0;
  for (auto const& reference : test::reference_fits()) {
    auto const fitted = fit_to(reference.model, test::data_set(reference.data));
    auto const& p = fitted.parameters.at(test::index_of(*sim::make_model(reference.model, {}), reference.parameter));
    double const unit = reference.observed_std_error;
    SCOPED_TRACE(reference.data + ' ' + reference.model + ' ' + reference.parameter);
    EXPECT_NEAR(p.estimate, reference.estimate, 1e-9 * unit);
    EXPECT_NEAR(p.observed_std_error, unit, 1e-8 * unit);
    EXPECT_NEAR(fitted.log_likelihood, reference.log_likelihood, 1e-11 * std::fabs(reference.log_likelihood));
    expect_bounds(p.likelihood_ratio, reference.lr_lower, reference.lr_upper, 1e-9 * unit);
    ++compared;
  }
  EXPECT_EQ(compared, 16);
}

TEST(FitData, EndsAnIntervalAtTheEdgeWhereNothingIsRejected) {
  // With n = 3 Rao's statistic n (1 - rate/estimate)^2 stays below 1.96^2 as the rate falls to 0.
  auto const p = fit_to("exponential", {1.0, 2.0, 4.0}).parameters.at(0);
  EXPECT_EQ(p.score.lower, 0.0);
  EXPECT_NEAR(p.score.upper, p.estimate * (1 + normal_quantile(0.95) / std::sqrt(3.0)), 1e-13);
  EXPECT_GT(p.likelihood_ratio.lower, 0.0);
  // And that of a normal mean, n q/(1 + q), stays below it everywhere.
  auto const mean = fit_to("normal", {1.0, 2.0, 4.0}).parameters.at(0);
  EXPECT_EQ(mean.score.lower, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(mean.score.upper, std::numeric_limits<double>::infinity());
}

TEST(FitData, GivesOneSidedIntervalsForEstimatesOnTheEdge) {
  double const z = normal_quantile(0.95), n = 20, zz = z * z;
  std::vector<double> const zeros(20, 0.0), ones(20, 1.0);
  auto const none = fit_to("poisson", zeros).parameters.at(0);
  EXPECT_EQ(none.estimate, 0.0);
  expect_bounds(none.wald, 0.0, 0.0, 0.0);
  expect_bounds(none.score, 0.0, zz / n, 1e-13);
  expect_bounds(none.likelihood_ratio, 0.0, zz / (2 * n), 1e-13);
  auto const never = fit_to("bernoulli", zeros).parameters.at(0);
  expect_bounds(never.wald, 0.0, 0.0, 0.0);
  expect_bounds(never.score, 0.0, zz / (n + zz), 1e-13);
  expect_bounds(never.likelihood_ratio, 0.0, -std::expm1(-zz / (2 * n)), 1e-13);
  auto const always = fit_to("bernoulli", ones).parameters.at(0);
  expect_bounds(always.wald, 1.0, 1.0, 0.0);
  expect_bounds(always.score, n / (n + zz), 1.0, 1e-13);
  expect_bounds(always.likelihood_ratio, std::exp(-zz / (2 * n)), 1.0, 1e-13);
}

TEST(FitData, GivesWilsonsIntervalForAProbability) {
  std::vector<double> observations(20, 0.0);
  observations[0] = observations[1] = observations[2] = 1.0;
  auto const p = fit_to("bernoulli", observations).parameters.at(0);
  double const z = normal_quantile(0.95), n = 20, share = 0.15;
  double const centre = (share + z * z / (2 * n)) / (1 + z * z / n);
  double const half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  expect_bounds(p.score, centre - half, centre + half, 1e-13);
}

TEST(FitData, TreatsLawsOutsideTheHypothesesHonestly) {
  double const z = normal_quantile(0.95);
  int compared = 0;
  for (std::vector<double> const& x : {std::vector<double>{1, 2.5, 3, 4.2, 7}, {1, 2.5, 3, 4.2, 7, 9}}) {
    auto const n = static_cast<double>(x.size());
    auto const mean_deviation = [&](double centre) {
      double sum = 0;
      for (double const v : x) sum += std::fabs(v - centre);
      return sum / n;
    };
    auto const laplace = fit_to("laplace", x);
    auto const& location = laplace.parameters.at(0);
    double const scale = mean_deviation(location.estimate);
    // The location is at a kink of the likelihood. With s(m) the mean deviation from m, the statistics are
    // 2 n log(s(m)/scale) and 2 n (log(s/scale) + scale/s - 1).
    auto const off_centre = [&](double m) { return 2 * n * std::log(mean_deviation(m) / scale) - z * z; };
    expect_bounds(location.likelihood_ratio, root(off_centre, -50, location.estimate),
                  root(off_centre, location.estimate, 50), 1e-11);
    auto const excess = [&](double s) { return 2 * n * (std::log(s / scale) + scale / s - 1) - z * z; };
    expect_bounds(laplace.parameters.at(1).likelihood_ratio, root(excess, 0.01 * scale, scale),
                  root(excess, scale, 100 * scale), 1e-11);
    auto const upper = fit_to("uniform", x).parameters.at(0);
    expect_bounds(upper.likelihood_ratio, x.back(), x.back() * std::exp(z * z / (2 * n)), 1e-11);
    EXPECT_TRUE(std::isnan(upper.score.lower) && std::isnan(upper.score.upper));
    ++compared;
  }
  EXPECT_EQ(compared, 2);
}

TEST(FitData, SaysThatNoEstimateExists) {
  EXPECT_FALSE(fit_data(*sim::make_model("weibull", {}), {2.5, 2.5, 2.5}, 0.95).found);
  EXPECT_FALSE(fit_data(*sim::make_model("normal", {}), {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, 0.95).found);
}

TEST(FitData, RefusesBadInput) {
  auto const model = sim::make_model("exponential", {});
  for (double const level : {0.0, 1.0, -0.5, 95.0, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THROW(fit_data(*model, {1.0, 2.0}, level), InputError) << level;
  EXPECT_THROW(fit_data(*model, {}, 0.95), InputError);
  EXPECT_THROW(fit_data(*model, {1.0, -2.0}, 0.95), InputError);
  EXPECT_THROW(fit_data(*model, {1.0, std::numeric_limits<double>::quiet_NaN()}, 0.95), InputError);
  EXPECT_THROW(fit_data(*sim::make_model("poisson", {}), {1.0, 2.5}, 0.95), InputError);
  EXPECT_THROW(fit_data(*sim::make_model("gamma", {}), {1.0, 0.0}, 0.95), InputError);
}

}  // namespace
}  // namespace fisherlab
