#include "runs/simulate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "findings/csv/table_csv.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

std::string refusal_of(Simulation const& simulation) {
  try {
    simulate(simulation);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

Simulation of_exponential(std::vector<std::string> const& estimators) {
  Simulation simulation;
  simulation.law = test::law("exponential", {0.4});
  simulation.sizes = {10, 20};
  simulation.replicates = 20'000;
  simulation.estimators = make_estimators(estimators, simulation.law.model, "--estimator");
  simulation.seed = 3;
  return simulation;
}

// E theta_hat = n rate/(n - 1), Var = n^2 rate^2/((n - 1)^2 (n - 2)).
TEST(Simulate, MeetsTheExactBiasOfAnExponentialRate) {
  auto const result = simulate(of_exponential({"mle", "bias_corrected"}));
  ASSERT_EQ(result.performance.size(), 4u);
  EXPECT_EQ(result.replicates, 40'000);
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(result.fingerprint.size(), 16u);
  auto const& mle = result.performance[0];
  EXPECT_EQ(mle.estimator, "mle");
  EXPECT_EQ(mle.n, 10);
  EXPECT_NEAR(mle.bias.value, 0.4 / 9, 5 * mle.bias.mcse);
  EXPECT_NEAR(mle.emp_se.value, 0.4 * 10 / (9 * std::sqrt(8.0)), 5 * mle.emp_se.mcse);
  EXPECT_EQ(result.performance[1].estimator, "bias_corrected");
  EXPECT_EQ(result.performance[2].n, 20);
}

TEST(Simulate, GivesTheSameBitsOnAnyNumberOfThreads) {
  auto simulation = of_exponential({"mle"});
  simulation.threads = 1;
  auto const one = simulate(simulation);
  simulation.threads = 2;
  auto const two = simulate(simulation);
  EXPECT_EQ(one.fingerprint, two.fingerprint);
  EXPECT_EQ(table_csv(one.performance).bytes, table_csv(two.performance).bytes);
}

TEST(Simulate, TellsHowFarItIs) {
  std::vector<SimulationProgress> told;
  auto const result = simulate(of_exponential({"mle"}), {{}, [&](auto const& progress) { told.push_back(progress); }});
  ASSERT_GE(told.size(), 40u);
  EXPECT_EQ(told.front().scenario, "exponential rate=0.4, n = 10");
  EXPECT_EQ(told.back().scenario, "exponential rate=0.4, n = 20");
  EXPECT_DOUBLE_EQ(told.back().share, 1);
  EXPECT_EQ(told.back().replicates, result.replicates);
}

TEST(Simulate, KeepsTheSizesThatWereDoneWhenTold) {
  std::int64_t done = 0;
  SimulationHooks const hooks{[&done] { return done > 20'000; },
                              [&done](auto const& progress) { done = progress.replicates; }};
  auto simulation = of_exponential({"mle"});
  simulation.threads = 1;
  auto const result = simulate(simulation, hooks);
  EXPECT_TRUE(result.interrupted);
  ASSERT_EQ(result.performance.size(), 1u);
  EXPECT_EQ(result.performance[0].n, 10);
}

TEST(Simulate, RefusesWhatWouldMeanNothing) {
  auto simulation = of_exponential({"mle"});
  simulation.sizes = {2};
  EXPECT_NE(refusal_of(simulation), "") << "the estimate has no variance at n = 2";
  simulation.sizes = {10'000'000};
  simulation.replicates = 10'000'000'000;
  EXPECT_NE(refusal_of(simulation).find("days of work"), std::string::npos);
}

TEST(MakeEstimators, RefusesUnknownAndRepeatedNames) {
  auto const model = test::law("gamma", {2, 1}).model;
  auto const refusal = [&](std::vector<std::string> const& names) -> std::string {
    try {
      make_estimators(names, model, "the study");
    } catch (InputError const& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal({"momnts"}), "there is no estimator 'momnts', did you mean 'moments'?");
  EXPECT_EQ(refusal({"mle", "mle"}), "the study has mle twice, give each once");
  EXPECT_EQ(make_estimators({"mle", "moments"}, model, "x").size(), 2u);
}

}  // namespace
}  // namespace fisherlab::runs
