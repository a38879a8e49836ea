#include "reports/tables/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "reports/tables/finding_keys.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

RecordedRun run_before() {
  RecordedRun run;
  run.manifest.version = "0.1.0";
  run.manifest.seed = 7;
  run.manifest.fingerprint = "0123456789abcdef";
  run.manifest.replicates = 2'949'120;
  run.manifest.wall_seconds = 0.5;
  run.manifest.replicates_per_second = 5'898'240;
  run.manifest.threads = 2;
  run.findings = test::sample_findings();
  run.performance = test::sample_performance();
  return run;
}

Comparison compared(RecordedRun const& before, RecordedRun const& after) { return compare({before, after, false}); }

TEST(FindingKeys, TellFindingsThatAStudyAsksForTwiceApart) {
  auto findings = test::sample_findings();
  findings.push_back(findings[0]);
  findings.push_back(findings[0]);
  findings.back().expected = Expectation::refuted;
  auto const keys = finding_keys(findings);
  EXPECT_NE(keys[0], keys[5]);
  EXPECT_NE(keys[0], keys[6]);
  findings[5].measurement.estimate = 3;
  EXPECT_EQ(finding_keys(findings), keys) << "what was measured is no part of the key";
}

TEST(FindingKeys, DoNotRunFieldsTogether) {
  auto findings = std::vector(2, test::sample_findings()[0]);
  findings[0].claim = "a";
  findings[0].model = "bc";
  findings[1].claim = "ab";
  findings[1].model = "c";
  EXPECT_NE(finding_keys(findings)[0], finding_keys(findings)[1]);
}

TEST(Compare, FindsNothingBetweenARunAndItself) {
  auto const run = run_before();
  auto const same = compare({run, run, true});
  EXPECT_TRUE(same.same_bits());
  EXPECT_EQ(same.matched, run.findings.size());
  EXPECT_TRUE(same.changed.empty());
  EXPECT_FALSE(compare({run, run, false}).same_bits()) << "one fingerprint, other bytes";
  auto nameless = run;
  nameless.manifest.fingerprint.clear();
  EXPECT_FALSE(compare({nameless, nameless, true}).same_bits()) << "no fingerprint proves nothing";
}

TEST(Compare, MeasuresShiftsInCombinedStandardErrors) {
  auto const before = run_before();
  auto after = before;
  after.findings[0].measurement.estimate += 0.0005;
  after.findings[0].measurement.std_error = 0.0002;
  after.findings[3].measurement.estimate -= 0.15;
  auto const result = compared(before, after);
  ASSERT_EQ(result.changed.size(), 2u);
  EXPECT_NEAR(result.changed[0].shift, -0.15 / std::hypot(0.015, 0.015), 1e-9) << "the largest first";
  EXPECT_NEAR(result.changed[1].shift, 0.0005 / std::hypot(0.0001, 0.0002), 1e-9);
  EXPECT_EQ(result.worse + result.better, 0);
}

TEST(Compare, PutsAShiftWithoutAStandardErrorFirstAndKeepsNaNsEqual) {
  auto before = run_before();
  before.findings[2].measurement.estimate = std::numeric_limits<double>::quiet_NaN();
  auto after = before;
  after.findings[1].measurement.estimate = 1.25;
  after.findings[3].measurement.estimate -= 0.15;
  auto const result = compared(before, after);
  ASSERT_EQ(result.changed.size(), 2u) << "NaN before and after is no change";
  EXPECT_EQ(result.changed[0].shift, std::numeric_limits<double>::infinity());
}

TEST(Compare, RanksPassOpenFailAndLeavesReportsAlone) {
  struct Step {
    Outcome before, after;
    int worse, better;
  };
  int ran = 0;
  for (auto const& [from, to, worse, better] : std::vector<Step>{{Outcome::pass, Outcome::fail, 1, 0},
                                                                 {Outcome::pass, Outcome::open, 1, 0},
                                                                 {Outcome::open, Outcome::fail, 1, 0},
                                                                 {Outcome::open, Outcome::pass, 0, 1},
                                                                 {Outcome::fail, Outcome::open, 0, 1},
                                                                 {Outcome::fail, Outcome::fail, 0, 0},
                                                                 {Outcome::report, Outcome::report, 0, 0}}) {
    auto before = run_before();
    before.findings[0].outcome = from;
    auto after = before;
    after.findings[0].outcome = to;
    after.findings[0].verdict = Verdict::inconclusive;
    auto const result = compared(before, after);
    EXPECT_EQ(result.worse, worse) << ran;
    EXPECT_EQ(result.better, better) << ran;
    ++ran;
  }
  EXPECT_EQ(ran, 7);
}

TEST(Compare, ListsFindingsOfOneRunAloneInTheirOrder) {
  auto const before = run_before();
  auto after = before;
  after.findings.erase(after.findings.begin(), after.findings.begin() + 2);
  after.findings[0].n = "7";
  auto const result = compared(before, after);
  EXPECT_EQ(result.matched, 2u);
  ASSERT_EQ(result.only_before.size(), 3u);
  EXPECT_EQ(result.only_before[0], &before.findings[0]);
  EXPECT_EQ(result.only_before[2], &before.findings[2]);
  ASSERT_EQ(result.only_after.size(), 1u);
  EXPECT_EQ(result.only_after[0], &after.findings[0]);
  EXPECT_EQ(result.worse, 0);
}

TEST(Compare, MeasuresHowFarPerformanceMoved) {
  auto const before = run_before();
  auto after = before;
  auto& mle = after.performance[0];
  mle.bias.value += 2 * mle.bias.mcse;
  mle.coverage->value -= 3 * mle.coverage->mcse;
  auto& moments = after.performance[1];
  moments.emp_se = {moments.emp_se.value + 0.003, 0.004};
  auto const result = compared(before, after).performance;
  EXPECT_EQ(result.matched, 2u);
  ASSERT_EQ(result.changed.size(), 2u) << "one change a row";
  EXPECT_EQ(result.changed[0].measure, "coverage");
  EXPECT_NEAR(result.changed[0].shift, -3 / std::sqrt(2.0), 1e-9);
  EXPECT_EQ(result.changed[1].measure, "emp_se");
  EXPECT_NEAR(result.changed[1].shift, 0.003 / std::hypot(0.004, before.performance[1].emp_se.mcse), 1e-9);
  EXPECT_TRUE(compared(before, before).performance.changed.empty());
}

TEST(Compare, MatchesPerformanceByItsScenarioAndEstimator) {
  auto const before = run_before();
  auto after = before;
  after.performance[0].estimator = "one_step";
  after.performance[1].coverage = Estimated{0.9, 0.01};
  after.performance.push_back(after.performance[0]);
  auto const result = compared(before, after).performance;
  EXPECT_EQ(result.matched, 1u);
  EXPECT_EQ(result.only_before, 1u);
  EXPECT_EQ(result.only_after, 2u);
  ASSERT_EQ(result.changed.size(), 1u) << "a measure that one run lacks";
  EXPECT_TRUE(std::isnan(result.changed[0].shift));
}

TEST(Compare, TextNamesWhatChangedWithoutSteeringTheTerminal) {
  auto const before = run_before();
  auto after = before;
  after.manifest.seed = 8;
  after.manifest.host = "other\x1b[31m";
  after.manifest.fingerprint = "fedcba9876543210";
  after.manifest.replicates_per_second = 4'000'000;
  after.findings[0].verdict = Verdict::refuted;
  after.findings[0].outcome = Outcome::fail;
  after.findings[0].measurement.estimate = 0.0205;
  after.findings[2].verdict = Verdict::verified;
  after.findings[2].outcome = Outcome::pass;
  after.findings[2].region.margin = 0.05;
  after.findings.pop_back();
  after.manifest.threads = 4;
  after.performance[0].coverage->value -= 0.004;
  after.performance[0].model = "<b>\x1b";
  after.performance[1].coverage = Estimated{0.9, 0.01};
  after.performance[1].bias.value += 0.01;
  after.performance.push_back(before.performance[0]);
  after.performance.back().coverage->value -= 0.004;
  RunPair const runs{before, after, false};
  auto const text = comparison_text(compare(runs), runs, {.width = 100});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  test::expect_golden("comparison.txt", text);
  RunPair const same{before, before, true};
  EXPECT_TRUE(comparison_text(compare(same), same, {.width = 100}).starts_with("Same bits: "));
}

}  // namespace
}  // namespace fisherlab::reports
