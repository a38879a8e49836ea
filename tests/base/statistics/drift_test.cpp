#include "base/statistics/drift.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

/// Nights of a norm of `dimension` normal components with the step added from the middle on.
std::vector<NightlyEstimate> norms(std::size_t count, int dimension, double step, std::mt19937_64& bits) {
  std::normal_distribution<double> normal;
  std::vector<NightlyEstimate> nights;
  for (std::size_t k = 0; k < count; ++k) {
    double const error = k % 3 == 0 ? 0.5 : 1.0;  // looks end at different numbers of replicates
    double square = 0;
    for (int j = 0; j < dimension; ++j) square += std::pow(normal(bits), 2);
    double const mean = dimension == 1 ? std::sqrt(square) * (bits() % 2 == 0 ? 1 : -1) : std::sqrt(square);
    nights.push_back({.estimate = error * mean + (k >= count / 2 ? step : 0), .std_error = error});
  }
  return nights;
}

TEST(Drift, IsTheDifferenceOfMeansInStandardErrors) {
  std::vector<NightlyEstimate> const nights = {{1, 1}, {1, 1}, {5, 1}, {5, 1}};
  auto const drift = largest_drift(nights);
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->first_after, 2u);
  EXPECT_DOUBLE_EQ(drift->before, 1);
  EXPECT_DOUBLE_EQ(drift->after, 5);
  EXPECT_DOUBLE_EQ(drift->z, 4) << "4/sqrt(1/2 + 1/2)";
}

TEST(Drift, WeighsNightsByTheirPrecision) {
  std::vector<NightlyEstimate> const nights = {{0, 1}, {3, 2}, {3, 1}, {3, 1}};
  auto const drift = largest_drift(nights);
  ASSERT_TRUE(drift);
  EXPECT_DOUBLE_EQ(drift->before, 0.6) << "(0/1 + 3/4)/(1 + 1/4)";
  EXPECT_DOUBLE_EQ(drift->z, 2.4 / std::sqrt(0.8 + 0.5)) << "residual 1.8 over 2 is below 1: no widening";
}

TEST(Drift, IsWidenedWhenNightsScatterMoreThanTheySay) {
  std::vector<NightlyEstimate> const calm = {{-1, 1}, {1, 1}, {9, 1}, {11, 1}};
  std::vector<NightlyEstimate> const wild = {{-1, 0.1}, {1, 0.1}, {9, 0.1}, {11, 0.1}};
  EXPECT_DOUBLE_EQ(largest_drift(calm)->z, 10 / std::sqrt(2.0)) << "residual 4 over 2: b = sqrt 2";
  EXPECT_NEAR(largest_drift(wild)->z, largest_drift(calm)->z, 1e-9) << "the nights' own scatter decides";
}

TEST(Drift, NeedsFourNightsWithStandardErrors) {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<NightlyEstimate> nights = {{1, 1}, {1, 1}, {5, 1}, {5, 1}};
  EXPECT_FALSE(largest_drift(std::span(nights).first(3)));
  for (double const error : {0.0, -1.0, nan, 1e-300}) {
    nights[1].std_error = error;
    EXPECT_FALSE(largest_drift(nights)) << error;
  }
  nights[1] = {nan, 1};
  EXPECT_FALSE(largest_drift(nights));
}

TEST(DriftThreshold, SpendsTheRateOverFindingsSplitsAndNights) {
  double const a = 1e-3 / (300.0 * 30 * 29 * 27);
  EXPECT_DOUBLE_EQ(drift_threshold({.nights = 30, .findings = 300, .false_alarm = 1e-3}),
                   std::sqrt(2 * std::log(2 / a)));
  EXPECT_THROW(drift_threshold({.nights = 3, .findings = 1, .false_alarm = 1e-3}), InputError);
  EXPECT_THROW(drift_threshold({.nights = 4, .findings = 0, .false_alarm = 1e-3}), InputError);
  EXPECT_THROW(drift_threshold({.nights = 4, .findings = 1, .false_alarm = 0}), InputError);
}

/// 20,000 histories of 12 nights without a drift, each looked at from its fourth night on, at a declared rate of 0.2.
/// The bound is a union bound over Gaussian tails, so what is seen lies below it; the upper Clopper-Pearson limit at
/// 1 - 1e-6 of a true rate of 0.2 is 0.2 + 4.9 sqrt(0.16/20000) = 0.214.
TEST(Drift, RaisesNoMoreFalseAlarmsThanDeclaredInTheLifeOfAHistory) {
  std::mt19937_64 bits(20240301);
  for (int const dimension : {1, 2, 5}) {
    int alarms = 0;
    int const histories = 20'000;
    for (int h = 0; h < histories; ++h) {
      auto const nights = norms(12, dimension, 0, bits);
      bool raised = false;
      for (std::size_t count = 4; count <= nights.size() && !raised; ++count)
        raised = std::fabs(largest_drift(std::span(nights).first(count))->z) >
                 drift_threshold({.nights = count, .findings = 1, .false_alarm = 0.2});
      alarms += raised;
    }
    RecordProperty("false_alarms_in_20000_norms_of_" + std::to_string(dimension), alarms);
    EXPECT_LT(alarms, 0.214 * histories) << dimension;
  }
}

/// A step of 3 standard errors of a night in the middle of 30 nights: z is near 3 sqrt(30)/2 = 8.2 and more where
/// nights are more precise; flagged among 300 findings at 1e-3 from 6.8 on.
TEST(Drift, FindsAStepThatSingleNightsDoNotShow) {
  std::mt19937_64 bits(7);
  int found = 0;
  for (int h = 0; h < 200; ++h) {
    auto const drift = largest_drift(norms(30, 1, 3, bits));
    if (std::fabs(drift->z) > drift_threshold({.nights = 30, .findings = 300, .false_alarm = 1e-3})) ++found;
  }
  EXPECT_GE(found, 190) << "of 200";
}

}  // namespace
}  // namespace fisherlab
