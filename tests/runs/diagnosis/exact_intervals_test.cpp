#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <string>

#include "runs/diagnosis/intervals/calibrated_ratio.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "runs/diagnosis/intervals/median_widths.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

DiagnosisSettings settings_of(std::uint64_t seed, std::int64_t replicates = 65'536) {
  DiagnosisSettings settings;
  settings.seed = seed;
  settings.replicates = replicates;
  settings.threads = 1;
  return settings;
}

IntervalWorth worth(ParameterDiagnosis const& p, std::string const& name) {
  for (auto const& one : p.further)
    if (one.name == name) return one;
  ADD_FAILURE() << "nothing of " << name;
  return {};
}

void expect_level(IntervalWorth const& found, double level) {
  EXPECT_GT(found.coverage.mcse, 0);
  EXPECT_NEAR(found.coverage.value, level, 4.5 * found.coverage.mcse) << found.name;
  double const tail = 0.5 * (1 - level);
  EXPECT_NEAR(found.above, tail, 4.5 * std::sqrt(tail * (1 - tail) / 65'536)) << found.name << ": tails are equal";
}

TEST(ExactIntervals, HoldTheirLevelWhereWaldDoesNot) {
  for (std::uint64_t const seed : {1u, 2u}) {
    auto const normal = diagnose(test::law("normal", {2, 3}), 5, settings_of(seed));
    expect_level(worth(normal.parameters[0], "Student's t"), 0.95);
    expect_level(worth(normal.parameters[1], "chi-squared"), 0.95);
    EXPECT_LT(normal.parameters[0].wald.value, 0.89) << "the control";
    auto const rate = diagnose(test::law("exponential", {0.4}), 4, settings_of(seed));
    expect_level(worth(rate.parameters[0], "gamma pivot"), 0.95);
  }
}

// The sum over totals, by Boost's law and quantiles.
TEST(ExactIntervals, OfCountsAreSummed) {
  double const mean = 2.3, n = 4;
  auto const found = worth(diagnose(test::law("poisson", {mean}), 4, settings_of(1, 1024)).parameters[0], "Garwood");
  boost::math::poisson const law(n * mean);
  double coverage = 0, above = 0;
  for (int k = 0; k < 200; ++k) {
    using boost::math::gamma_distribution;
    double const lower = k > 0 ? quantile(gamma_distribution<>(k, 1.0), 0.025) / n : 0;
    double const upper = quantile(gamma_distribution<>(k + 1, 1.0), 0.975) / n;
    if (lower > mean) above += pdf(law, k);
    if (lower <= mean && mean <= upper) coverage += pdf(law, k);
  }
  EXPECT_EQ(found.coverage.mcse, 0);
  EXPECT_NEAR(found.coverage.value, coverage, 1e-12);
  EXPECT_NEAR(found.above, above, 1e-12);
  EXPECT_GE(found.coverage.value, 0.95);
}

/// c with P(2 n (g - 1 - log g) <= c) = .95, g = G/n, G ~ Gamma(n, 1).
double exact_cut_off(double n) {
  boost::math::gamma_distribution<> const law(n, 1.0);
  auto const end = [n](double c, double inside, double outside) {
    for (int k = 0; k < 200; ++k) {
      double const middle = 0.5 * (inside + outside);
      (2 * n * (middle - 1 - std::log(middle)) <= c ? inside : outside) = middle;
    }
    return inside;
  };
  double low = 1, high = 20;
  for (int k = 0; k < 60; ++k) {
    double const c = 0.5 * (low + high);
    (cdf(law, n * end(c, 1, 60)) - cdf(law, n * end(c, 1, 1e-12)) < 0.95 ? low : high) = c;
  }
  return low;
}

RatioTargets rate_alone() { return components(*sim::make_model("exponential", {})); }

// The statistic of a rate is a pivot: its quantile is known. The density there is about .026, so that the quantile of
// 8192 samples has a standard error of sqrt(.95 x .05/8192)/.026 = .09.
TEST(CalibratedRatio, HasTheQuantileOfItsStatistic) {
  for (std::int64_t const n : {4, 20}) {
    double const exact = exact_cut_off(static_cast<double>(n));
    EXPECT_GT(exact, 3.85);
    for (std::uint64_t const seed : {1u, 2u, 3u})
      EXPECT_NEAR(
          calibrated_cut_offs(source_of(test::law("exponential", {7}), rate_alone(), n, 0.95), settings_of(seed))[0],
          exact, 0.4);
  }
}

// For a pivot the Monte Carlo test has its level exactly; for the shape of a gamma law nearly so, where chi-squared's
// quantile misses twice as often as declared.
TEST(CalibratedRatio, HoldsItsLevelWhereLikelihoodRatioDoesNot) {
  auto const rate =
      calibrated_worth(source_of(test::law("exponential", {0.4}), rate_alone(), 4, 0.95), 2048, settings_of(5))[0];
  EXPECT_NEAR(rate.coverage.value, 0.95, 4.5 * rate.coverage.mcse);
  auto const law = test::law("gamma", {2.5, 1});
  auto const shape = calibrated_worth(source_of(law, components(*law.model), 4, 0.95), 1024, settings_of(5))[0];
  EXPECT_NEAR(shape.coverage.value, 0.956, 4.5 * shape.coverage.mcse);
  EXPECT_LT(diagnose(law, 4, settings_of(5, 8192)).parameters[0].likelihood_ratio.value, 0.90) << "the control";
}

TEST(CalibratedRatio, IsTheSameForAnyNumberOfThreads) {
  auto settings = settings_of(5);
  auto const law = test::law("weibull", {2, 3});
  auto const one = calibrated_worth(source_of(law, components(*law.model), 5, settings.level), 64, settings);
  settings.threads = 3;
  auto const three = calibrated_worth(source_of(law, components(*law.model), 5, settings.level), 64, settings);
  for (std::size_t a = 0; a < 2; ++a) EXPECT_EQ(one[a].coverage.value, three[a].coverage.value);
}

TEST(CalibratedRatio, IsLeftOutWhereItWouldTakeTooLong) {
  EXPECT_FALSE(can_calibrate(*sim::make_model("gamma", {}), 201, 0.95));
  EXPECT_FALSE(can_calibrate(*sim::make_model("gamma", {}), 20, 0.999));
  EXPECT_TRUE(can_calibrate(*sim::make_model("gamma", {}), 20, 0.95));
}

TEST(CalibratedRatio, StopsWhenTold) {
  auto settings = settings_of(1);
  settings.stop = [] { return true; };
  auto const law = test::law("exponential", {0.4});
  EXPECT_THROW(calibrated_cut_offs(source_of(law, components(*law.model), 5, settings.level), settings),
               sim::Interrupted);
  EXPECT_THROW(calibrated_worth(source_of(law, components(*law.model), 5, settings.level), 64, settings),
               sim::Interrupted);
}

// 2 z theta/sqrt(n) in the median of theta hat = n theta/G, whose median is n theta/median(G).
TEST(IntervalWidths, AreMedians) {
  auto const law = test::law("exponential", {0.4});
  auto d = diagnose(law, 9, settings_of(1, 1024));
  add_widths(law, settings_of(1), d);
  double const median = 9 * 0.4 / quantile(boost::math::gamma_distribution<>(9.0, 1.0), 0.5);
  double const exact = 2 * 1.96 * median / 3;
  EXPECT_NEAR(d.parameters[0].wald_width, exact, 0.2 * exact) << "101 samples: about 4 %";
  double const pivot = (quantile(boost::math::gamma_distribution<>(9.0, 1.0), 0.975) -
                        quantile(boost::math::gamma_distribution<>(9.0, 1.0), 0.025)) /
                       9;
  EXPECT_NEAR(worth(d.parameters[0], "gamma pivot").width / d.parameters[0].wald_width, pivot / (2 * 1.96 / 3), 1e-4);
}

TEST(IntervalList, RecommendsByMedianWidth) {
  std::vector<JudgedInterval> intervals = {{.name = "one", .on_data = {1, 2}}, {.name = "two", .on_data = {1, 4}}};
  for (auto& i : intervals) i.coverage = {0.95, 0};
  EXPECT_EQ(recommended(intervals, 0.95).name, "one");
  intervals[0].width = 5;
  intervals[1].width = 4;
  EXPECT_EQ(recommended(intervals, 0.95).name, "two");
}

}  // namespace
}  // namespace fisherlab::runs
