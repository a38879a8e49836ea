#include "base/statistics/proportion.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/expects.hpp"
#include "tests/support/coverage.hpp"

namespace fisherlab {
namespace {

/// P(X <= most) for a binomial, by summation.
double binomial_cdf(int most, int trials, double p) {
  double sum = 0;
  for (int k = 0; k <= most; ++k) {
    double const log_choose = std::lgamma(trials + 1.0) - std::lgamma(k + 1.0) - std::lgamma(trials - k + 1.0);
    sum += std::exp(log_choose + k * std::log(p) + (trials - k) * std::log1p(-p));
  }
  return sum;
}

TEST(Proportion, HasItsClosedFormWhenAllOrNothingSucceeds) {
  Interval const none = proportion_interval({.successes = 0, .trials = 10}, 0.05);
  EXPECT_EQ(none.lower, 0);
  EXPECT_NEAR(none.upper, 1 - std::pow(0.025, 0.1), 1e-14);
  Interval const all = proportion_interval({.successes = 10, .trials = 10}, 0.05);
  EXPECT_NEAR(all.lower, std::pow(0.025, 0.1), 1e-14);
  EXPECT_EQ(all.upper, 1);
  EXPECT_NEAR(proportion_interval({.successes = 0, .trials = 1'000'000}, 2e-12).upper, 27.6310e-6,
              1e-9);  // -log(1e-12)/N
}

TEST(Proportion, EndsSitWhereTheBinomialSumsSayAlphaHalf) {
  Interval const interval = proportion_interval({.successes = 4, .trials = 10}, 0.05);
  EXPECT_NEAR(1 - binomial_cdf(3, 10, interval.lower), 0.025, 1e-12);
  EXPECT_NEAR(binomial_cdf(4, 10, interval.upper), 0.025, 1e-12);
  EXPECT_NEAR(interval.lower, 0.1215523, 1e-7);
  EXPECT_NEAR(interval.upper, 0.7376219, 1e-7);
}

TEST(Proportion, CountsDroppedTrialsAsTheWorstCase) {
  Interval const interval = proportion_interval({.successes = 4, .trials = 8, .dropped = 2}, 0.05);
  EXPECT_DOUBLE_EQ(interval.estimate, 0.5);
  EXPECT_DOUBLE_EQ(interval.lower, proportion_interval({.successes = 4, .trials = 10}, 0.05).lower);
  EXPECT_DOUBLE_EQ(interval.upper, proportion_interval({.successes = 6, .trials = 10}, 0.05).upper);
}

TEST(Proportion, RefusesImpossibleCounts) {
  EXPECT_THROW(proportion_interval({.successes = 3, .trials = 2}, 0.05), InputError);
  EXPECT_THROW(proportion_interval({.successes = -1, .trials = 2}, 0.05), InputError);
  EXPECT_THROW(proportion_interval({.successes = 1, .trials = 2, .dropped = -1}, 0.05), InputError);
  EXPECT_TRUE(std::isnan(proportion_interval({.successes = 0, .trials = 0}, 0.05).estimate));
}

// The exact miss rate, summed over all counts: never above alpha, at any p.
TEST(Proportion, NeverMissesMoreThanAlphaAtAnyProbability) {
  constexpr int trials = 25;
  int checked = 0;
  for (double p = 0.005; p < 1; p += 0.005, ++checked) {
    double missed = 0;
    for (int s = 0; s <= trials; ++s) {
      Interval const interval = proportion_interval({.successes = s, .trials = trials}, 0.1);
      double const mass = binomial_cdf(s, trials, p) - (s > 0 ? binomial_cdf(s - 1, trials, p) : 0.0);
      if (p < interval.lower || p > interval.upper) missed += mass;
    }
    EXPECT_LE(missed, 0.1 + 1e-12) << p;
  }
  EXPECT_EQ(checked, 199);
}

TEST(Proportion, CoversWhateverTheDroppedTrialsWouldHaveBeen) {
  std::mt19937_64 bits(301);
  std::bernoulli_distribution success(0.9);
  // One failure in three is dropped: the estimate is too high, the interval is not.
  test::expect_misses_at_most(0.05, test::count_misses(5000, 0.9, [&] {
                                Counts counts;
                                for (int k = 0; k < 300; ++k) {
                                  bool const good = success(bits);
                                  if (!good && k % 3 == 0) {
                                    ++counts.dropped;
                                    continue;
                                  }
                                  ++counts.trials;
                                  counts.successes += good;
                                }
                                return proportion_interval(counts, 0.05);
                              }));
}

}  // namespace
}  // namespace fisherlab
