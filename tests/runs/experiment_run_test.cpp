#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "claims/evidence/plan.hpp"
#include "claims/experiment.hpp"
#include "runs/run.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/scripted_questions.hpp"

namespace fisherlab::test::scripted {
namespace {

TEST(ExperimentRun, NamesEachFindingAsItsQuestionDoes) {
  auto question = experiment("trees",
                             [](ExperimentRun const&) {
                               ExperimentResult result;
                               for (auto const& interval : {inside, outside, undecided})
                                 result.measurements.push_back(measured("not this", interval, 7, 2));
                               return result;
                             },
                             {"first", "second", "third"});
  question.expected = Expectation::refuted;
  auto const result = runs::run({question}, settings_of(1024, 1024), {});
  ASSERT_EQ(result.findings.size(), 3u);
  std::vector<Verdict> const verdicts = {Verdict::inconclusive, Verdict::refuted, Verdict::inconclusive};
  std::vector<std::string> const statistics = {"first", "second", "third"};
  for (std::size_t k = 0; k < 3; ++k) {
    auto const& finding = result.findings[k];
    EXPECT_EQ(finding.claim, "trees");
    EXPECT_EQ(finding.statement, "6.5");
    EXPECT_EQ(finding.model, "linear on trees");
    EXPECT_EQ(finding.parameters, "l2=0.5");
    EXPECT_EQ(finding.n, "30");
    EXPECT_EQ(finding.measurement.statistic, statistics[k]);
    EXPECT_EQ(finding.measurement.replicates, 7);
    EXPECT_EQ(finding.measurement.dropped, 2);
    EXPECT_EQ(finding.verdict, verdicts[k]);  // two of nine dropped: nothing is verified
    EXPECT_EQ(finding.expected, Expectation::refuted);
  }
  EXPECT_EQ(result.findings[1].outcome, Outcome::pass);
  EXPECT_EQ(result.looks, 1);
  EXPECT_EQ(result.replicates, 0);
}

TEST(ExperimentRun, KeepsTheOrderOfTheQuestions) {
  auto const result =
      runs::run({finds("a", inside), simulated("b", 1), finds("c", outside), simulated("d", 4096, outside)},
                settings_of(1024, 100'000), {});
  EXPECT_EQ(claims_in(result), (std::vector<std::string>{"a", "b", "c", "d"}));
  EXPECT_EQ(result.findings[0].verdict, Verdict::verified);
  EXPECT_EQ(result.findings[1].verdict, Verdict::verified);
  EXPECT_EQ(result.findings[2].verdict, Verdict::refuted);
  EXPECT_EQ(result.findings[3].verdict, Verdict::refuted);
  EXPECT_EQ(result.looks, 3);
  EXPECT_EQ(exit_code(result.findings), 1);
}

// An experiment shares the family error; being measured once it spends no part on further looks.
TEST(ExperimentRun, IsGivenSeedThreadsAndItsShareOfTheError) {
  ExperimentRun seen;
  auto const question = experiment("a", [&seen](ExperimentRun const& run) {
    seen = run;
    ExperimentResult result;
    result.measurements.push_back(measured({}, inside, 1));
    return result;
  });
  auto const result = runs::run({question, simulated("b", 1), finds("c", inside), finds("d", inside)},
                                settings_of(1024, 20'000, 2), {});
  EXPECT_EQ(seen.seed, 5u);
  EXPECT_EQ(seen.threads, 2);
  EXPECT_EQ(seen.alpha, 0.08 / 4 / Plan::reserve);
  EXPECT_DOUBLE_EQ(result.findings[0].level, 1 - 0.08 / 4);
}

TEST(ExperimentRun, TakesTheLevelsThatTheExperimentChooses) {
  auto const question = experiment("a",
                                   [](ExperimentRun const&) {
                                     ExperimentResult result;
                                     result.measurements = {measured({}, inside, 1), measured({}, inside, 1)};
                                     result.levels = {0.95, 0.99};
                                     return result;
                                   },
                                   {"one", "two"});
  auto const result = runs::run({question, finds("b", inside)}, settings_of(1024, 1024), {});
  EXPECT_EQ(result.findings[0].level, 0.95);
  EXPECT_EQ(result.findings[1].level, 0.99);
  EXPECT_NE(result.findings[2].level, 0.95);
}

TEST(ExperimentRun, LeavesFindingsOpenWithANoteWhereItFails) {
  auto const question = experiment("a",
                                   [](ExperimentRun const&) {
                                     ExperimentResult result;
                                     result.failure = "the Hessian is not positive definite";
                                     return result;
                                   },
                                   {"one", "two"});
  auto const result = runs::run({question, finds("b", inside)}, settings_of(1024, 1'000'000), {});
  ASSERT_EQ(result.findings.size(), 3u);
  for (int k : {0, 1}) {
    auto const& finding = result.findings[static_cast<std::size_t>(k)];
    EXPECT_EQ(finding.verdict, Verdict::inconclusive);
    EXPECT_EQ(finding.outcome, Outcome::open);
    EXPECT_EQ(finding.measurement.replicates, 0);
  }
  EXPECT_EQ(result.findings[2].verdict, Verdict::verified);
  EXPECT_EQ(result.notes, std::vector<std::string>{"a on linear on a: the Hessian is not positive definite"});
  EXPECT_EQ(exit_code(result.findings), 4);
  EXPECT_FALSE(result.interrupted);
}

// Experiments use the data they have: an open finding is not tried again, whatever other questions do.
TEST(ExperimentRun, IsCarriedOutOnce) {
  int times = 0;
  auto const question = experiment("a", [&times](ExperimentRun const&) {
    ++times;
    ExperimentResult result;
    result.measurements.push_back(measured({}, undecided, 30));
    return result;
  });
  auto const alone = runs::run({question}, settings_of(1024, 1'000'000), {});
  EXPECT_EQ(times, 1);
  EXPECT_EQ(alone.looks, 1);
  auto const beside = runs::run({question, simulated("b", 60'000)}, settings_of(1024, 1'000'000), {});
  EXPECT_EQ(times, 2);
  EXPECT_EQ(beside.looks, 7);
  EXPECT_EQ(beside.findings[0].verdict, Verdict::inconclusive);
  EXPECT_EQ(beside.findings[1].verdict, Verdict::verified);
}

TEST(ExperimentRun, GathersAndNamesItsRows) {
  auto const with_rows = [](std::string const& name, int rows) {
    return experiment(name, [name, rows](ExperimentRun const&) {
      ExperimentResult result;
      result.measurements.push_back(measured({}, inside, 1));
      for (int k = 0; k < rows; ++k) {
        ConvergenceRow convergence;
        convergence.statistic = "error";
        convergence.n = k + 1;
        result.convergence.push_back(convergence);
        result.influence.emplace_back();
        result.influence.back().data = name;
        result.influence.back().train_index = k + 1;
        result.attack.emplace_back();
      }
      return result;
    });
  };
  auto const result =
      runs::run({with_rows("a", 2), finds("b", inside), with_rows("c", 1)}, settings_of(1024, 1024), {});
  ASSERT_EQ(result.convergence.size(), 3u);
  EXPECT_EQ(result.convergence[1].claim, "a");
  EXPECT_EQ(result.convergence[1].model, "linear on a");
  EXPECT_EQ(result.convergence[1].parameters, "l2=0.5");
  EXPECT_EQ(result.convergence[1].n, 2);
  EXPECT_EQ(result.convergence[2].claim, "c");
  ASSERT_EQ(result.influence.size(), 3u);
  EXPECT_EQ(result.influence[0].data, "a");
  EXPECT_EQ(result.influence[1].train_index, 2);
  EXPECT_EQ(result.influence[2].data, "c");
  EXPECT_EQ(result.attack.size(), 3u);
}

}  // namespace
}  // namespace fisherlab::test::scripted
