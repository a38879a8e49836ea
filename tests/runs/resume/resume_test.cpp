#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/shipped.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/run.hpp"
#include "runs/simulate.hpp"
#include "runs/studies/parameters.hpp"
#include "runs/studies/study.hpp"
#include "tests/support/run_bytes.hpp"

namespace fisherlab::runs {
namespace {

using test::bytes_of;
using test::smoke;

/// A run that is stopped each time `stop` has been asked `patience` times, and goes on from what it saved.
RunResult in_pieces(Study const& study, int patience, int& pieces) {
  std::string state;
  for (pieces = 1;; ++pieces) {
    std::atomic<int> asked = 0;
    RunHooks hooks;
    hooks.stop = [&] { return ++asked > patience; };
    hooks.save = [&state](std::string saved) { state = std::move(saved); };
    hooks.resumed = state;
    auto result = run(study.questions, study.settings, hooks);
    if (!result.interrupted) return result;
    patience += 1 + patience / 16;  // an experiment is not saved within: it needs time for itself
  }
}

TEST(Resume, EndsWithTheBytesOfARunThatWasNotInterrupted) {
  auto const whole = run(smoke(2).questions, smoke(2).settings, {});
  ASSERT_FALSE(whole.findings.empty());
  ASSERT_FALSE(whole.influence.empty()) << "an experiment takes part";
  ASSERT_GE(whole.looks, 3);
  int most = 0;
  for (int const patience : {1, 5, 37, 211})
    for (int const threads : {1, 2}) {
      int pieces = 0;
      auto const result = in_pieces(smoke(threads), patience, pieces);
      EXPECT_EQ(bytes_of(result), bytes_of(whole)) << patience << ' ' << pieces;
      most = std::max(most, pieces);
    }
  EXPECT_GE(most, 20);
}

/// The states that a run saves while it goes on, each taken up by another run.
TEST(Resume, GoesOnFromEveryStateThatWasSaved) {
  auto const study = smoke(2);
  std::vector<std::string> states;
  double clock = 0;
  RunHooks hooks;
  hooks.elapsed_seconds = [&clock] { return clock += 0.01; };
  hooks.save = [&states](std::string state) { states.push_back(std::move(state)); };
  hooks.save_seconds = 4;
  auto const whole = run(study.questions, study.settings, hooks);
  ASSERT_GE(states.size(), 5u);
  for (std::size_t k = 0; k < states.size(); k += 1 + states.size() / 8) {
    RunHooks resumed;
    resumed.resumed = states[k];
    EXPECT_EQ(bytes_of(run(study.questions, study.settings, resumed)), bytes_of(whole));
  }
}

TEST(Resume, RefusesAStateOfOtherQuestions) {
  auto study = smoke(2);
  std::string state;
  RunHooks hooks;
  hooks.stop = [asked = 0]() mutable { return ++asked > 30; };
  hooks.save = [&state](std::string saved) { state = std::move(saved); };
  run(study.questions, study.settings, hooks);
  ASSERT_FALSE(state.empty());
  RunHooks resumed;
  for (std::size_t size = 0; size < state.size(); size += 1 + state.size() / 50) {
    resumed.resumed = state.substr(0, size);
    if (size > 0) {
      EXPECT_THROW(run(study.questions, study.settings, resumed), InputError) << size;
    }
  }
  study.questions.pop_back();
  resumed.resumed = state;
  EXPECT_THROW(run(study.questions, study.settings, resumed), InputError);
}

TEST(Resume, OfASimulationEndsWithTheSameBytes) {
  Simulation simulation;
  simulation.law = make_law("gamma", {{"shape", 2.5}, {"rate", 1.3}}, claims::shipped().models);
  simulation.sizes = {10, 20, 40};
  simulation.replicates = 20'000;
  simulation.estimators = make_estimators({"mle", "moments"}, simulation.law.model, "--estimator");
  simulation.threads = 2;
  auto const whole = simulate(simulation);
  for (int const patience : {1, 7, 30, 59}) {
    std::string state;
    for (int pieces = 1;; ++pieces) {
      std::atomic<int> asked = 0;
      SimulationHooks hooks;
      hooks.stop = [&] { return ++asked > patience; };
      hooks.save = [&state](std::string saved) { state = std::move(saved); };
      hooks.resumed = state;
      auto const result = simulate(simulation, hooks);
      ASSERT_LT(pieces, 200);
      if (result.interrupted) continue;
      EXPECT_EQ(result.fingerprint, whole.fingerprint) << patience;
      EXPECT_EQ(result.replicates, whole.replicates);
      EXPECT_EQ(table_csv(result.performance).bytes, table_csv(whole.performance).bytes);
      EXPECT_EQ(table_csv(result.pictures.intervals).bytes, table_csv(whole.pictures.intervals).bytes);
      EXPECT_GE(pieces, 2) << patience;
      break;
    }
  }
}

}  // namespace
}  // namespace fisherlab::runs
