#include "claims/evidence/plan.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "base/expects.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/mean.hpp"
#include "tests/support/coverage.hpp"

namespace fisherlab::claims {
namespace {

TEST(Plan, SpendsAtMostTheFamilyErrorOverAllFindingsAndEndlessLooks) {
  for (std::int64_t const findings : {1, 7, 400}) {
    Plan const plan({.family_error = 1e-6, .findings = findings});
    double spent = 0;
    for (int look = 0; look < 200; ++look) spent += static_cast<double>(findings) * plan.alpha(look);
    EXPECT_LE(spent, 1e-6 * (1 + 1e-15));
    EXPECT_NEAR(spent, 1e-6, 1e-19);
  }
}

TEST(Plan, DoublesTheReplicatesAndHalvesTheErrorEverySecondLook) {
  Plan const plan({.family_error = 0.08, .findings = 4, .first_replicates = 1000, .max_replicates = 9000});
  EXPECT_EQ(plan.looks(), 4);  // 1000, 2000, 4000, 8000
  double const first = 0.02 * (1 - std::sqrt(0.5));
  EXPECT_DOUBLE_EQ(plan.alpha(0), first);
  EXPECT_DOUBLE_EQ(plan.alpha(1), first * std::sqrt(0.5));
  EXPECT_DOUBLE_EQ(plan.alpha(2), first / 2);
  EXPECT_DOUBLE_EQ(plan.alpha(7), first * std::sqrt(0.5) / 8);
  EXPECT_DOUBLE_EQ(plan.level(0), 1 - first);
  EXPECT_EQ(plan.replicates(0), 1000);
  EXPECT_EQ(plan.replicates(3), 8000);
  EXPECT_THROW(plan.replicates(4), InputError);
  EXPECT_THROW(plan.alpha(-1), InputError);
}

TEST(Plan, CountsLooksAtTheEdges) {
  EXPECT_EQ(Plan({.first_replicates = 1000, .max_replicates = 1000}).looks(), 1);
  EXPECT_EQ(Plan({.first_replicates = 1000, .max_replicates = 1999}).looks(), 1);
  EXPECT_EQ(Plan({.first_replicates = 1000, .max_replicates = 2000}).looks(), 2);
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  Plan const longest({.first_replicates = 1, .max_replicates = most});
  EXPECT_EQ(longest.looks(), 63);
  EXPECT_EQ(longest.replicates(62), std::int64_t{1} << 62);
}

TEST(Plan, RefusesWhatCannotBePlanned) {
  EXPECT_THROW(Plan({.family_error = 0}), InputError);
  EXPECT_THROW(Plan({.family_error = 1}), InputError);
  EXPECT_THROW(Plan({.findings = 0}), InputError);
  EXPECT_THROW(Plan({.first_replicates = 0}), InputError);
  EXPECT_THROW(Plan({.first_replicates = 10, .max_replicates = 9}), InputError);
}

/// One finding about a normal mean, looked at until the verdict is decisive or the plan ends.
template <class Bits>
Verdict verdict_by_looks(Plan const& plan, double truth, Region const& region, Bits& bits) {
  std::normal_distribution<double> normal(truth, 1.0);
  double sum = 0, squares = 0;
  std::int64_t drawn = 0;
  for (int look = 0; look < plan.looks(); ++look) {
    for (; drawn < plan.replicates(look); ++drawn) {
      double const x = normal(bits);
      sum += x;
      squares += x * x;
    }
    auto const count = static_cast<double>(drawn);
    SampleMoments const sample{sum / count, (squares - sum * sum / count) / (count - 1), drawn};
    Verdict const verdict = verdict_of(measured("mean", mean_interval(sample, plan.alpha(look)), drawn), region);
    if (verdict != Verdict::inconclusive) return verdict;
  }
  return Verdict::inconclusive;
}

// The worst truth lies just outside the region: every look is another chance to verify it wrongly.
TEST(Plan, StoppingAtTheFirstDecisiveLookDoesNotRaiseTheError) {
  std::mt19937_64 bits(701);
  Plan const plan({.family_error = 0.1, .findings = 1, .first_replicates = 50, .max_replicates = 3200});
  Region const region{RegionKind::at_most, 0, 0.1};
  test::Misses wrong;
  for (; wrong.repeats < 4000; ++wrong.repeats) {
    wrong.too_low += verdict_by_looks(plan, 0.1 + 1e-9, region, bits) == Verdict::verified;
  }
  test::expect_misses_at_most(0.1, wrong);
  EXPECT_GT(wrong.all(), 0);
}

TEST(Plan, DecidesRightlyWithEnoughLooks) {
  std::mt19937_64 bits(702);
  Plan const plan({.family_error = 1e-6, .findings = 10, .first_replicates = 100, .max_replicates = 25'600});
  Region const region{RegionKind::equal, 0, 0.1};
  int right = 0;
  for (int k = 0; k < 50; ++k) {
    right += verdict_by_looks(plan, 0.03, region, bits) == Verdict::verified;
    right += verdict_by_looks(plan, 0.2, region, bits) == Verdict::refuted;
  }
  EXPECT_EQ(right, 100);
}

}  // namespace
}  // namespace fisherlab::claims
