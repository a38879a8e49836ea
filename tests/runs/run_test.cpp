#include "runs/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "claims/evidence/judge.hpp"
#include "claims/evidence/plan.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "estimators/mle.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/scripted_questions.hpp"

namespace fisherlab::runs {

using namespace claims;
namespace {

using namespace test::scripted;

TEST(Run, SplitsTheErrorOverFindingsAndLooks) {
  std::vector<Call> a, b;
  auto first = scripted("a", 0, never, inside, a);
  auto& asked = std::get<Sampled>(first.answer).findings;
  asked.push_back(asked[0]);
  auto const result = run({first, scripted("b", 1, never, inside, b)}, settings_of(1024, 20'000), {});
  double const each = 0.08 / 3;
  double const kept = each / Plan::reserve;
  ASSERT_EQ(b.size(), 5u);
  for (int look = 0; look < 5; ++look) {
    auto const& call = b[static_cast<std::size_t>(look)];
    EXPECT_NEAR(call.alpha, kept * (1 - std::sqrt(0.5)) * std::pow(0.5, 0.5 * look), 1e-16) << look;
    EXPECT_EQ(call.replicates, 1024 << look);
  }
  ASSERT_EQ(a.size(), 10u);
  EXPECT_EQ(a[0], a[1]);
  EXPECT_EQ(result.looks, 5);
  ASSERT_EQ(result.findings.size(), 3u);
  for (auto const& finding : result.findings) {
    EXPECT_EQ(finding.verdict, Verdict::inconclusive);
    EXPECT_EQ(finding.outcome, Outcome::open);
    EXPECT_DOUBLE_EQ(finding.level, 1 - each * (1 - std::sqrt(0.5)) / 4);
  }
  EXPECT_EQ(exit_code(result.findings), 4);
}

TEST(Run, RoundsTheFirstLookUpToWholeBlocks) {
  std::vector<Call> calls;
  auto const result = run({scripted("a", 0, 1, inside, calls)}, settings_of(1500, 1500), {});
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].replicates, 2048);
  EXPECT_EQ(result.looks, 1);
}

TEST(Run, GivesMoreReplicatesToOpenQuestionsOnly) {
  std::vector<Call> early, late, refuted;
  auto const result = run({scripted("early", 0, 1, inside, early), scripted("late", 1, 10'000, inside, late),
                           scripted("refuted", 2, 4096, outside, refuted)},
                          settings_of(1024, 1'000'000), {});
  EXPECT_EQ(early.size(), 1u);
  EXPECT_EQ(refuted.size(), 3u);
  EXPECT_EQ(late.size(), 5u);
  EXPECT_EQ(late.back().replicates, 16'384);
  EXPECT_EQ(result.looks, 5);
  EXPECT_EQ(result.replicates, 1024 + 4096 + 16'384);
  ASSERT_EQ(result.findings.size(), 3u);  // in the order of the questions
  EXPECT_EQ(result.findings[0].claim, "early");
  EXPECT_EQ(result.findings[0].verdict, Verdict::verified);
  EXPECT_EQ(result.findings[0].measurement.replicates, 1024);
  EXPECT_EQ(result.findings[1].verdict, Verdict::verified);
  EXPECT_EQ(result.findings[2].verdict, Verdict::refuted);
  EXPECT_EQ(result.findings[2].outcome, Outcome::fail);
  EXPECT_EQ(exit_code(result.findings), 1);
}

// What is only shown takes no further look beside what decides, and all looks where nothing does.
TEST(Run, LooksOnceAtWhatIsOnlyShown) {
  std::vector<Call> shown, late;
  auto question = scripted("shown", 0, 10'000, inside, shown);
  question.expected = Expectation::report;
  auto result = run({question, scripted("late", 1, 10'000, inside, late)}, settings_of(1024, 1'000'000), {});
  EXPECT_EQ(shown.size(), 1u);
  EXPECT_EQ(late.size(), 5u);
  EXPECT_EQ(result.findings[0].verdict, Verdict::inconclusive);
  EXPECT_EQ(result.findings[0].outcome, Outcome::report);
  shown.clear();
  result = run({question}, settings_of(1024, 1'000'000), {});
  EXPECT_EQ(shown.size(), 5u);
  EXPECT_EQ(result.findings[0].verdict, Verdict::verified);
}

// A decided finding is not measured again when its question goes on for the sake of another one.
TEST(Run, KeepsADecidedFindingAsItWas) {
  std::vector<Call> quick, slow;
  auto question = scripted("both", 0, 1, inside, quick);
  auto const other = scripted("", 0, 4096, inside, slow);
  std::get<Sampled>(question.answer).findings.push_back(other.sampled()->findings[0]);
  auto const result = run({question}, settings_of(1024, 1'000'000), {});
  EXPECT_EQ(quick.size(), 1u);
  EXPECT_EQ(slow.size(), 3u);
  EXPECT_EQ(result.findings[0].measurement.replicates, 1024);
  EXPECT_EQ(result.findings[1].measurement.replicates, 4096);
}

// A probe of which nothing open is measured is not folded any longer, nor is its scenario simulated.
TEST(Run, StopsSimulatingWhatOnlyDecidedFindingsRead) {
  std::vector<Call> quick, slow;
  auto question = scripted("both", 0, 1, inside, quick);
  auto other = scripted("", 0, 4096, inside, slow);
  auto& answer = std::get<Sampled>(question.answer);
  answer.scenarios.push_back({answer.setting, 3});
  answer.probes.push_back(answer.probes[0]);
  answer.probes[1].scenario = 1;
  auto asked = std::get<Sampled>(other.answer).findings[0];
  asked.reads = {1};
  asked.measure = [&slow](std::span<sim::Tally const> tallies, double alpha) {
    EXPECT_EQ(tallies[0].count, 1024);
    slow.push_back({alpha, tallies[1].count});
    return measured({}, tallies[1].count >= 4096 ? inside : undecided, tallies[1].count);
  };
  answer.findings.push_back(asked);
  auto const result = run({question}, settings_of(1024, 1'000'000), {});
  EXPECT_EQ(quick.size(), 1u);
  EXPECT_EQ(slow.size(), 3u);
  EXPECT_EQ(result.replicates, 1024 + 4096);
}

TEST(Run, SimulatesASharedScenarioOnce) {
  std::vector<Call> a, b;
  auto const result =
      run({scripted("a", 3, 1, inside, a), scripted("b", 3, 4096, inside, b)}, settings_of(1024, 100'000), {});
  EXPECT_EQ(result.replicates, 4096);
  EXPECT_EQ(a[0].replicates, 1024);
  EXPECT_EQ(b[2].replicates, 4096);
}

// Reading the same scenario beside others, or alone, a question sees the same replicates.
TEST(Run, GivesAQuestionTheSameReplicatesInAnyCompany) {
  std::vector<Call> calls;
  test::Trial const trial{.claim = "score-mean", .model = test::law("gamma", {2.5, 1.3}), .sizes = {10}};
  auto const question = test::question_of(trial, Expectation::verified);
  auto const settings = settings_of(4096, 4096);
  auto const alone = run({question}, settings, {});
  auto const beside = run({scripted("a", 0, never, inside, calls), question, question}, settings, {});
  EXPECT_EQ(alone.findings[0].measurement.estimate, beside.findings[1].measurement.estimate);
  EXPECT_EQ(alone.findings[0].measurement.std_error, beside.findings[2].measurement.std_error);
}

std::vector<Question> real_questions() {
  auto const gamma = test::law("gamma", {2.5, 1.3});
  return {
      test::question_of({.claim = "score-mean", .model = gamma, .sizes = {10}}, Expectation::verified),
      test::question_of({.claim = "asymptotic-variance", .model = gamma, .sizes = {10, 16, 32}}, Expectation::verified),
      test::question_of({.claim = "asymptotic-normality", .model = gamma, .sizes = {10}}, Expectation::verified),
      test::question_of({.claim = "replicate-independence", .model = gamma, .sizes = {10}}, Expectation::verified)};
}

TEST(Run, GivesTheSameFingerprintOnAnyNumberOfThreads) {
  auto settings = settings_of(4096, 16'384);
  settings.performance = true;
  auto const one = run(real_questions(), settings, {});
  EXPECT_EQ(one.fingerprint.size(), 16u);
  for (int const threads : {2, 8}) {
    settings.threads = threads;
    auto const several = run(real_questions(), settings, {});
    EXPECT_EQ(several.fingerprint, one.fingerprint) << threads;
    ASSERT_EQ(several.findings.size(), one.findings.size());
    for (std::size_t k = 0; k < one.findings.size(); ++k)
      EXPECT_EQ(several.findings[k].measurement.lower, one.findings[k].measurement.lower);
    ASSERT_EQ(several.performance.size(), one.performance.size());
    EXPECT_EQ(several.performance[0].mse.value, one.performance[0].mse.value);
  }
  settings.seed = 6;
  EXPECT_NE(run(real_questions(), settings, {}).fingerprint, one.fingerprint);
}

TEST(Run, MeasuresEachEstimatorOnceAScenarioFromTheFirstLook) {
  auto settings = settings_of(2048, 8192);
  settings.performance = true;
  auto const result = run(real_questions(), settings, {});
  ASSERT_EQ(result.performance.size(), 6u);  // two parameters at n = 10, 16, 32
  std::vector<std::int64_t> sizes;
  for (auto const& row : result.performance) {
    EXPECT_EQ(row.replicates, 2048);
    EXPECT_EQ(row.estimator, "mle");
    sizes.push_back(row.n);
  }
  std::sort(sizes.begin(), sizes.end());
  EXPECT_EQ(sizes, (std::vector<std::int64_t>{10, 10, 16, 16, 32, 32}));
  settings.performance = false;
  EXPECT_TRUE(run(real_questions(), settings, {}).performance.empty());
}

TEST(Run, NamesEveryRowOfConvergence) {
  auto const result = run(real_questions(), settings_of(2048, 2048), {});
  ASSERT_EQ(result.convergence.size(), 3u);
  for (auto const& row : result.convergence) {
    EXPECT_EQ(row.claim, "asymptotic-variance");
    EXPECT_EQ(row.model, "gamma");
    EXPECT_EQ(row.parameters, "shape=2.5;rate=1.3");
    EXPECT_EQ(row.replicates, 2048);
    EXPECT_LE(row.lower, row.discrepancy);
    EXPECT_GE(row.upper, row.discrepancy);
  }
}

TEST(Run, OfNoQuestionsFindsNothing) {
  auto const result = run({}, settings_of(1024, 1024), {});
  EXPECT_TRUE(result.findings.empty());
  EXPECT_EQ(result.looks, 0);
  EXPECT_EQ(result.replicates, 0);
}

}  // namespace
}  // namespace fisherlab::runs
