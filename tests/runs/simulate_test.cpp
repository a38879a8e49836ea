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

/// gamma(2.5, 1.3) at n = 40, with score controls.
Simulation of_gamma(std::uint64_t seed, std::int64_t replicates) {
  Simulation simulation;
  simulation.law = test::law("gamma", {2.5, 1.3});
  simulation.sizes = {40};
  simulation.replicates = replicates;
  simulation.estimators = make_estimators({"mle"}, simulation.law.model, "--estimator");
  simulation.score_controls = true;
  simulation.seed = seed;
  simulation.threads = 1;
  return simulation;
}

// n bias/1 and n Var/(k/(k psi' - 1)) at n = 40, from the inverted characteristic function of log(mean) - mean(log).
TEST(ScoreControlled, MeetsTheExactMomentsOfAGammaShapeWithATenthOfTheError) {
  auto const row = simulate(of_gamma(11, 65'536)).performance.at(0);
  double const bound = 2.5 / (2.5 * 0.49035775610023486 - 1);  // k/(k psi'(k) - 1)
  ASSERT_TRUE(row.controlled_bias && row.controlled_emp_se);
  EXPECT_NEAR(row.controlled_bias->value, 7.43692424 / 40, 5 * row.controlled_bias->mcse);
  EXPECT_NEAR(row.controlled_emp_se->value, std::sqrt(1.32851954 * bound / 40), 5 * row.controlled_emp_se->mcse);
  EXPECT_GT(*row.bias_gain, 100);
  EXPECT_GT(*row.emp_se_gain, 2);
  EXPECT_NEAR(*row.bias_gain, std::pow(row.bias.mcse / row.controlled_bias->mcse, 2), 1e-9 * *row.bias_gain);
}

// 300 seeds know a spread to 4 %.
TEST(ScoreControlled, StatesTheSpreadOverSeeds) {
  constexpr int seeds = 300;
  std::vector<double> values[2];
  double stated[2] = {};
  for (int seed = 1; seed <= seeds; ++seed) {
    auto const row = simulate(of_gamma(static_cast<std::uint64_t>(seed), 2048)).performance.at(0);
    Estimated const numbers[] = {row.controlled_bias.value(), row.controlled_emp_se.value()};
    for (int k = 0; k < 2; ++k) {
      values[k].push_back(numbers[k].value);
      stated[k] += numbers[k].mcse * numbers[k].mcse / seeds;
    }
  }
  for (int k = 0; k < 2; ++k) {
    double mean = 0, spread = 0;
    for (double const v : values[k]) mean += v / seeds;
    for (double const v : values[k]) spread += (v - mean) * (v - mean) / (seeds - 1);
    EXPECT_NEAR(std::sqrt(stated[k] / spread), 1, 0.15) << k;
  }
}

TEST(ScoreControlled, AreEmptyWhereTheyAreNotAskedForOrHaveTooFewReplicates) {
  auto simulation = of_gamma(1, 32);
  EXPECT_FALSE(simulate(simulation).performance.at(0).controlled_bias);
  simulation.replicates = 4096;
  simulation.score_controls = false;
  EXPECT_FALSE(simulate(simulation).performance.at(0).controlled_bias);
}

TEST(ScoreControlled, AreRefusedWhereThereAreNone) {
  auto simulation = of_gamma(1, 4096);
  simulation.law = test::law("uniform", {3});
  simulation.estimators = make_estimators({"mle"}, simulation.law.model, "--estimator");
  EXPECT_EQ(refusal_of(simulation),
            "score controls do not exist for uniform (the model is outside the hypotheses), leave --controls out");
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

// Each theta of a grid has the rows that it has alone: samples are addressed by scenario.
TEST(Simulate, HasTheRowsOfEachThetaOfAGrid) {
  auto grid = of_exponential({"mle"}), second = grid;
  second.law = test::law("exponential", {3});
  grid.more_laws = {second.law};
  auto const all = simulate(grid).performance, own = simulate(second).performance;
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].parameters, "rate=0.4");
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(all[2 + k].parameters, "rate=3");
    EXPECT_EQ(all[2 + k].n, own[k].n);
    EXPECT_EQ(all[2 + k].bias.value, own[k].bias.value);
    EXPECT_EQ(all[2 + k].coverage->value, own[k].coverage->value);
  }
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
