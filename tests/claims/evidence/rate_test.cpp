#include "claims/evidence/rate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "base/expects.hpp"
#include "claims/evidence/mean.hpp"
#include "tests/support/coverage.hpp"

namespace fisherlab::claims {
namespace {

RatePoint point(double n, double value, double factor) {
  return {n, {value, value * (factor - 1) / 4, value / factor, value * factor}};
}

TEST(RateOfDecay, IsExactForAPurePower) {
  for (double const rate : {0.5, 1.0, 2.0}) {
    std::vector<RatePoint> points;
    for (double const n : {20.0, 40.0, 80.0, 160.0}) points.push_back(point(n, 11.6 * std::pow(n, -rate), 1.0));
    auto const result = rate_of_decay(points);
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->points, 4);
    EXPECT_NEAR(result->rate.estimate, rate, 1e-13);
    EXPECT_NEAR(result->rate.lower, rate, 1e-13);
    EXPECT_NEAR(result->rate.upper, rate, 1e-13);
  }
}

// log n = 0, 1, 2 with equal widths: c = (-1/2, 0, 1/2), so a factor exp(delta) either way moves the rate by delta.
TEST(RateOfDecay, AgreesWithAHandCount) {
  double const e = std::numbers::e;
  auto const result = rate_of_decay(
      {point(1, 1, std::exp(0.2)), point(e, 1 / e, std::exp(0.2)), point(e * e, 1 / (e * e), std::exp(0.2))});
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->rate.estimate, 1, 1e-14);
  EXPECT_NEAR(result->rate.lower, 0.8, 1e-14);
  EXPECT_NEAR(result->rate.upper, 1.2, 1e-14);
  EXPECT_NEAR(result->rate.std_error, std::sqrt(0.5) * (std::exp(0.2) - 1) / 4, 1e-14);
}

TEST(RateOfDecay, UsesOnlyPointsAboveZeroAndNeedsThreeSizes) {
  RatePoint const zero{320, {0.001, 0.001, 0.0, 0.003}};
  RatePoint const endless{640, {0.1, 0.1, 0.01, std::numeric_limits<double>::infinity()}};
  RatePoint const unknown{1280, vacuous_interval()};
  std::vector<RatePoint> points{point(20, 0.5, 1.1), point(40, 0.25, 1.1), zero, endless, unknown};
  EXPECT_FALSE(rate_of_decay(points).has_value());
  points.push_back(point(40, 0.25, 1.2));
  EXPECT_FALSE(rate_of_decay(points).has_value());  // a third point, but at a size already there
  points.push_back(point(80, 0.125, 1.1));
  auto const result = rate_of_decay(points);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->points, 4);
  EXPECT_NEAR(result->rate.estimate, 1, 1e-12);
  EXPECT_FALSE(rate_of_decay({}).has_value());
  EXPECT_THROW(rate_of_decay({point(0, 1, 2)}), InputError);
}

// d = 4/n measured with constant noise, so the last points are often dropped: selection by the same data.
TEST(RateOfDecay, CoversDespiteSelectionByTheSameData) {
  std::mt19937_64 bits(501);
  std::normal_distribution<double> noise(0.0, 0.02);
  int without = 0;
  auto const misses = test::count_misses(20'000, 1.0, [&] {
    std::vector<RatePoint> points;
    for (double const n : {20.0, 40.0, 80.0, 160.0, 320.0}) {
      double const value = 4 / n + noise(bits);
      double const reach = 2.326347874 * 0.02;  // alpha/m = 0.1/5 each
      points.push_back({n, {value, 0.02, value - reach, value + reach}});
    }
    auto const result = rate_of_decay(points);
    if (result) return result->rate;
    ++without;
    return Interval{1, 0, -10, 10};
  });
  test::expect_misses_at_most(0.1, misses);
  EXPECT_LT(without, 15'000) << "of 20,000 without a rate";
}

TEST(RateOfDecay, TellsASixthFromAHalf) {
  std::vector<RatePoint> points;
  for (double const n : {20.0, 80.0, 320.0, 1280.0, 5120.0}) points.push_back(point(n, std::pow(n, -1.0 / 6), 1.1));
  auto const result = rate_of_decay(points);
  ASSERT_TRUE(result.has_value());
  EXPECT_LT(result->rate.upper, 0.25);  // refuted as at_least 1/2 with a margin of 1/4
  EXPECT_GT(result->rate.lower, 0.1);
}

// At 4 / n with reaches of .05 each, sizes 20, 40 and 80 are told from 0, at .2, .1 and .05 to none: the lower end of
// the rate is log((.2 - r)/(.05 + r))/log 4 for even weights and reach r, which passes 1/2 at r = 1/30 to 1/20.
TEST(LeastGrowth, IsWhatTheClaimedDecayWouldTake) {
  std::vector<RatePoint> points;
  for (double const n : {20.0, 40.0, 80.0}) points.push_back({n, {4 / n - 0.04, 0.01, 4 / n - 0.08, 4 / n}});
  auto const growth = least_growth(points, 1.0, 0.5);
  EXPECT_GE(growth, 1);
  EXPECT_LE(growth, 16);
  auto narrow = points;
  for (auto& [n, d] : narrow) d = {4 / n, 1e-6, 4 / n - 1e-5, 4 / n + 1e-5};
  EXPECT_EQ(least_growth(narrow, 1.0, 0.75), 1);
  for (auto& [n, d] : points) d = {0, 0.01, -0.04, 0.04 / n};  // so small that nothing would tell it from 0
  points[1].discrepancy.upper = 1e-9;
  EXPECT_GT(least_growth(points, 1.0, 0.75), 1e6);
}

TEST(NoRate, SaysHowManySizesAreToldFromZero) {
  std::vector<RatePoint> const points = {{20, {0.2, 0.01, 0.1, 0.3}}, {40, {0.1, 0.05, 0, 0.3}}, {80, {0, 0.1, 0, 1}}};
  EXPECT_EQ(no_rate(points).reason, "the discrepancy is told from 0 at 1 of 3 sizes, and a rate takes three");
}

// What is exactly 0 is left as rounding, with no spread to speak of: no rate.
TEST(RateOfDecay, IsNotTakenFromRounding) {
  std::vector<RatePoint> points;
  for (double const n : {20.0, 40.0, 80.0}) points.push_back({n, {1e-12 / n, 0, 1e-12 / n, 1e-12 / n}});
  EXPECT_FALSE(rate_of_decay(points).has_value());
}

}  // namespace
}  // namespace fisherlab::claims
