#include "claims/influence/over_splits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/special/distributions.hpp"
#include "claims/evidence/judge.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {
namespace {

sim::StreamKey const key{7, 11, 0};

TEST(FisherZ, IsHeldHalfAStepOfTheRankCorrelationBelowOne) {
  EXPECT_DOUBLE_EQ(fisher_z(0.5, 30), std::atanh(0.5));
  EXPECT_DOUBLE_EQ(fisher_z(1, 4), std::atanh(0.9));  // the steps of 1 - r are 12/60
  EXPECT_DOUBLE_EQ(fisher_z(-1, 4), -std::atanh(0.9));
  double const nearest = 1 - 12.0 / (30 * 899);
  EXPECT_DOUBLE_EQ(fisher_z(nearest, 30), std::atanh(nearest));
  EXPECT_GT(fisher_z(1, 30), fisher_z(nearest, 30));
  EXPECT_THROW(fisher_z(0.5, 3), InputError);
}

TEST(SignFlip, CountsEveryPatternOfAFewValues) {
  EXPECT_DOUBLE_EQ(sign_flip_p({1, 2, 3}, key), 2.0 / 8);
  EXPECT_DOUBLE_EQ(sign_flip_p({-1, 2, 3}, key), 4.0 / 8);  // |sum| 4 or 6
  EXPECT_DOUBLE_EQ(sign_flip_p({0.1, 0.1, 0.1, 0.1, 0.1}, key), 2.0 / 32);
  EXPECT_DOUBLE_EQ(sign_flip_p({2, -2}, key), 1);
  EXPECT_DOUBLE_EQ(sign_flip_p({5}, key), 1);
}

TEST(SignFlip, DrawsPatternsOfManyValues) {
  sim::Stream<double> stream({3, 5, 0});
  std::vector<double> values;
  for (int k = 0; k < 16; ++k) values.push_back(0.4 + stream.normal());
  double const exact = sign_flip_p(values, key);
  values.push_back(0);  // changes no sum
  EXPECT_NEAR(sign_flip_p(values, key), exact, 4 * std::sqrt(exact * (1 - exact) / 65'535) + 2e-5);
  EXPECT_DOUBLE_EQ(sign_flip_p(std::vector<double>(70, 0.3), key), 1.0 / 65'536);
}

TEST(Holm, StopsAtTheFirstPValueAboveItsStep) {
  auto const steps = holm({0.04, 0.01, 0.03}, 0.05);
  EXPECT_TRUE(steps[1].rejected);
  EXPECT_DOUBLE_EQ(steps[1].level, 1 - 0.05 / 3);
  EXPECT_FALSE(steps[2].rejected);  // 0.03 is above 0.05/2
  EXPECT_DOUBLE_EQ(steps[2].level, 1 - 0.05 / 2);
  EXPECT_FALSE(steps[0].rejected);  // 0.04 is below 0.05, but the procedure has stopped
  EXPECT_DOUBLE_EQ(steps[0].level, 1 - 0.05 / 2);
  auto const all = holm({0.04, 0.01, 0.02}, 0.05);
  EXPECT_TRUE(all[0].rejected && all[1].rejected && all[2].rejected);
  EXPECT_DOUBLE_EQ(all[0].level, 0.95);
  EXPECT_THROW(holm({0.5}, 0), InputError);
}

TEST(MeanOverSplits, HoldsZeroWhereItsStepDoesNotReject) {
  OverSplits const sample{{1.0, 1.2, 0.9, 1.1}, 0};
  EXPECT_GT(mean_over_splits(sample, {0.95, true}).lower, 0);
  EXPECT_EQ(mean_over_splits(sample, {0.95, false}).lower, 0);
  EXPECT_DOUBLE_EQ(mean_over_splits(sample, {0.95, false}).estimate, 1.05);
  EXPECT_EQ(verdict_of(mean_over_splits({{1.0}, 0}, {0.95, true}), {}), Verdict::inconclusive);
}

TEST(MeanOverSplits, IsInconclusiveWhenAnySplitOfTwentyIsDropped) {
  OverSplits sample{std::vector<double>(19, 1.0), 1};
  for (std::size_t k = 0; k < sample.values.size(); k += 2) sample.values[k] = 1.5;
  Region const positive{RegionKind::at_least, 0, 0};
  EXPECT_EQ(verdict_of(mean_over_splits(sample, {0.95, true}), positive), Verdict::inconclusive);
  sample.dropped = 0;
  EXPECT_EQ(verdict_of(mean_over_splits(sample, {0.95, true}), positive), Verdict::verified);
}

/// Simulated families of three claims over `splits` splits, centred exponential where `skewed`.
struct Families {
  int any_sign = 0;  ///< families in which a verdict gives the sign of a mean that is 0
  int held = 0;      ///< intervals that hold the mean
  int intervals = 0;
};

Families simulate(int families, int splits, bool skewed) {
  Families result;
  for (int family = 0; family < families; ++family) {
    sim::Stream<double> stream({42, stable_hash(skewed ? "skewed" : "normal"), static_cast<std::uint64_t>(family)});
    std::vector<OverSplits> samples(3);
    std::vector<double> p_values;
    for (auto& sample : samples) {
      for (int k = 0; k < splits; ++k)
        sample.values.push_back(skewed ? -1 - std::log(stream.open_uniform()) : stream.normal());
      p_values.push_back(sign_flip_p(sample.values, key));
    }
    auto const steps = holm(p_values, 0.05);
    bool any = false;
    for (std::size_t k = 0; k < 3; ++k) {
      auto const m = mean_over_splits(samples[k], steps[k]);
      any = any || m.lower > 0 || m.upper < 0;
      result.held += m.lower <= 0 && m.upper >= 0 ? 1 : 0;
      ++result.intervals;
    }
    result.any_sign += any ? 1 : 0;
  }
  return result;
}

TEST(MeanOverSplits, KeepsTheFamilyErrorOfThreeTrueClaims) {
  int const families = 2000;
  double const allowed = families * 0.05 + 4 * std::sqrt(families * 0.05 * 0.95);
  auto const normal = simulate(families, 12, false);
  EXPECT_LE(normal.any_sign, allowed);
  EXPECT_GE(normal.any_sign, families * 0.02);  // and it is not empty: Holm over independent claims spends most of it
  EXPECT_EQ(normal.intervals, 3 * families);
  EXPECT_GE(normal.held, normal.intervals * 0.97);
}

TEST(MeanOverSplits, SpendsThreeTimesTheFamilyErrorOnExponentialValues) {
  // Neither Student's interval nor sign flips are exact for skewed values; the docstring says by how much.
  EXPECT_NEAR(simulate(2000, 12, true).any_sign, 300, 4 * std::sqrt(2000 * 0.15 * 0.85));
}

// Variance 1: (1.959964 + 1.281552)^2 + 1.959964^2/2 = 12.428; at half the size four times the first term.
TEST(SplitsNeeded, GrowWithTheSquareOfSpreadOverEffect) {
  OverSplits const sample{{-1, 0, 1, -1, 0, 1, -1, 0, 1, std::sqrt(3.0), -std::sqrt(3.0)}, 0};  // sum of squares 12
  double const first = std::pow(1.959963985 + 1.281551566, 2), last = 0.5 * std::pow(1.959963985, 2);
  auto const one = splits_needed(sample, {std::sqrt(1.2), 0.05});
  EXPECT_NEAR(one.estimate, first + last, 1e-6);
  auto const half = splits_needed(sample, {std::sqrt(1.2) / 2, 0.05});
  EXPECT_NEAR(half.estimate, 4 * first + last, 1e-6);
  // chi^2 on ten degrees: 3.24697 and 20.48318.
  EXPECT_NEAR(one.lower, first * 10 / 20.48318 + last, 1e-4);
  EXPECT_NEAR(one.upper, first * 10 / 3.24697 + last, 1e-4);
}

// Of 20,000 samples of the number that is asked for, nine in ten reject at the level (four standard errors: 0.0085).
TEST(SplitsNeeded, GiveThePowerThatTheyPromise) {
  int const count = 20;
  double const sd = 1, alpha = 0.05 / 3;
  double const z = normal_quantile(1 - alpha / 2), z_power = normal_quantile(0.9);
  double const size = sd * (z + z_power) / std::sqrt(count - z * z / 2);
  sim::Stream<double> stream({7, 1, 0});
  int rejected = 0;
  for (int k = 0; k < 20'000; ++k) {
    double sum = 0, squares = 0;
    for (int i = 0; i < count; ++i) {
      double const x = size + sd * stream.normal();
      sum += x;
      squares += x * x;
    }
    double const mean = sum / count, variance = (squares - count * mean * mean) / (count - 1);
    rejected += std::fabs(mean) > student_quantile(1 - alpha / 2, {count - 1.0}) * std::sqrt(variance / count) ? 1 : 0;
  }
  EXPECT_NEAR(rejected / 20'000.0, 0.9, 0.012);
}

TEST(BoundedMean, IsHoeffdings) {
  auto const m = bounded_mean({0.25, 2, 800}, 0.01);
  EXPECT_DOUBLE_EQ(m.upper, 0.25 + 2 * std::sqrt(std::log(200.0) / 1600));
  EXPECT_DOUBLE_EQ(m.lower, 0.25 - 2 * std::sqrt(std::log(200.0) / 1600));
  EXPECT_EQ(m.replicates, 800);
}

}  // namespace
}  // namespace fisherlab::claims
