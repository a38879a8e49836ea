#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "runs/run.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/scripted_questions.hpp"

namespace fisherlab::test::scripted {
namespace {

/// An experiment of 100 pieces of work by the engine, that asks to be told to stop.
Question long_experiment(std::string const& name) {
  return experiment(name, [](ExperimentRun const& run) {
    double total = 0;
    sim::BlockWork blocks;
    blocks.last = 100;
    blocks.work = [](std::int64_t k) -> sim::BlockResult {
      return std::make_shared<double>(1.0 / static_cast<double>(k + 3));
    };
    int done = 0;
    blocks.fold = [&](sim::BlockResult const& value) {
      total += *std::static_pointer_cast<double const>(value);
      if (run.progress) run.progress(++done / 100.0);
    };
    blocks.stop = run.stop;
    sim::run_blocks(blocks, run.threads);
    ExperimentResult result;
    result.measurements.push_back(measured({}, {total / 100, 0, total / 100, total / 100}, 100));
    return result;
  });
}

TEST(ExperimentInterruption, LosesNothingDecidedBeforeAnInterruption) {
  std::atomic<bool> stopped = false;
  runs::RunHooks hooks;
  hooks.stop = [&stopped] { return stopped.load(); };
  hooks.progress = [&stopped](runs::Progress const& p) {
    if (p.scenario == "late: linear on late" && p.done >= 500) stopped = true;
  };
  for (int const threads : {1, 2}) {
    stopped = false;
    auto const result =
        runs::run({long_experiment("early"), simulated("middle", 1), long_experiment("late"), finds("never", inside)},
                  settings_of(1024, 1'000'000, threads), hooks);
    EXPECT_TRUE(result.interrupted);
    EXPECT_EQ(claims_in(result), (std::vector<std::string>{"early", "middle"})) << threads;
    for (auto const& finding : result.findings) EXPECT_EQ(finding.verdict, Verdict::verified);
  }
}

TEST(ExperimentInterruption, StartsNoExperimentAfterAnInterruptedSimulation) {
  int times = 0;
  auto const question = experiment("a", [&times](ExperimentRun const&) {
    ++times;
    return ExperimentResult{};
  });
  runs::RunHooks hooks;
  hooks.stop = [] { return true; };
  auto const result = runs::run({question, simulated("b", 1)}, settings_of(4096, 4096), hooks);
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(times, 0);
  EXPECT_TRUE(result.findings.empty());
}

TEST(ExperimentInterruption, FindsTheSameOnAnyNumberOfThreads) {
  std::vector<Question> const questions = {long_experiment("a"), simulated("b", 4096), long_experiment("c")};
  auto const one = runs::run(questions, settings_of(1024, 100'000, 1), {});
  for (int const threads : {2, 8}) {
    auto const several = runs::run(questions, settings_of(1024, 100'000, threads), {});
    ASSERT_EQ(several.findings.size(), one.findings.size());
    for (std::size_t k = 0; k < one.findings.size(); ++k) {
      EXPECT_EQ(several.findings[k].measurement.estimate, one.findings[k].measurement.estimate);
      EXPECT_EQ(several.findings[k].measurement.lower, one.findings[k].measurement.lower);
    }
    EXPECT_EQ(several.fingerprint, one.fingerprint);
  }
}

TEST(ExperimentInterruption, TellsItsProgressInItsOwnName) {
  std::vector<runs::Progress> told;
  runs::RunHooks hooks;
  hooks.progress = [&told](runs::Progress const& p) { told.push_back(p); };
  runs::run({simulated("b", 1), long_experiment("a")}, settings_of(1024, 1024), hooks);
  ASSERT_EQ(told.size(), 1u + 1u + 100u);  // a block of replicates, the start, each piece of work
  for (std::size_t k = 1; k < told.size(); ++k) {
    EXPECT_EQ(told[k].scenario, "a: linear on a");
    EXPECT_EQ(told[k].look, 0);
    EXPECT_EQ(told[k].done, 10 * static_cast<std::int64_t>(k - 1));
    EXPECT_EQ(told[k].planned, 1000);
    EXPECT_EQ(told[k].replicates, 1024);
  }
}

// The time of experiments is no measure of the pace of further looks.
TEST(ExperimentInterruption, DoesNotSlowDownThePaceOfLooks) {
  double now = 0;
  runs::RunHooks hooks;
  hooks.elapsed_seconds = [&now] { return now; };
  hooks.progress = [&now](runs::Progress const& p) { now += p.scenario.starts_with("normal_mean") ? 1 : 0; };
  auto const slow = experiment("slow", [&now](ExperimentRun const&) {
    now += 1000;
    ExperimentResult result;
    result.measurements.push_back(measured({}, inside, 1));
    return result;
  });
  auto settings = settings_of(1024, 2048);
  settings.deadline_seconds = 1010;  // one block a second: the second look would end at 1002
  auto const result = runs::run({slow, simulated("b", 2048)}, settings, hooks);
  EXPECT_FALSE(result.deadline_reached);
  EXPECT_EQ(result.looks, 2);
  EXPECT_EQ(result.findings[1].verdict, Verdict::verified);
  settings.deadline_seconds = 1001;
  now = 0;
  EXPECT_TRUE(run({slow, simulated("b", 2048)}, settings, hooks).deadline_reached);
}

}  // namespace
}  // namespace fisherlab::test::scripted
