#include "runs/replay.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "claims/shipped.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/run.hpp"
#include "runs/simulate.hpp"
#include "runs/studies/parameters.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::runs {
namespace {

Study study_of(std::string const& cases) {
  return parse_study("replicates = 2048\nmax_replicates = 2048\n" + cases, "s.toml");
}

std::string const gamma_case =
    "[[case]]\nclaims = [\"coverage\", \"score-mean\"]\nmodel = \"gamma\"\ntheta = {shape = 2.5, rate = 1.3}\n"
    "n = 20\n";

/// The estimates that a run kept, against those of its replicates drawn again.
TEST(Replay, GivesTheEstimatesOfTheRunToTheLastBit) {
  auto study = study_of(gamma_case);
  study.settings.keep_estimates = true;
  study.settings.seed = 77;
  auto const result = run(study.questions, study.settings, {});
  ASSERT_FALSE(result.estimates.empty());
  auto const scenarios = replay_scenarios(study.questions);
  ASSERT_EQ(scenarios.size(), 1u) << "two questions about one scenario";
  int compared = 0;
  for_each_row(result.estimates, [&](EstimateRow const& row) {
    if (row.replicate % 97 != 0 || row.estimator != "mle") return;
    auto const replayed = replay(scenarios[0], 77, row.replicate);
    ASSERT_EQ(replayed.sample.size(), 20u);
    for (auto const& fit : replayed.fits) {
      if (fit.estimator != "mle") continue;
      for (std::size_t k = 0; k < fit.components.size(); ++k)
        if (fit.components[k] == row.component) {
          ASSERT_EQ(fit.found, row.estimate.has_value());
          if (fit.found) {
            EXPECT_EQ(fit.estimate[k], *row.estimate);
          }
          ++compared;
        }
    }
  });
  EXPECT_GE(compared, 40);
}

TEST(Replay, DependsOnSeedAndReplicateAlone) {
  auto const scenarios = replay_scenarios(study_of(gamma_case).questions);
  auto const one = replay(scenarios.at(0), 1, 5), again = replay(scenarios.at(0), 1, 5);
  EXPECT_EQ(one.sample, again.sample);
  EXPECT_EQ(one.score, again.score);
  EXPECT_NE(one.sample, replay(scenarios.at(0), 2, 5).sample);
  EXPECT_NE(one.sample, replay(scenarios.at(0), 1, 6).sample);
}

TEST(FailedFits, AreThoseThatARunCounts) {
  Simulation simulation;
  simulation.law = make_law("negative_binomial", {{"mean", 2}, {"size", 3}}, claims::shipped().models);
  simulation.sizes = {12};
  simulation.replicates = 2050;  // the last batch is short
  simulation.estimators = make_estimators({"mle"}, simulation.law.model, "--estimator");
  simulation.seed = 9;
  auto const counted = simulate(simulation).performance.at(0).failed;
  ReplayScenario const scenario{{{simulation.law, simulation.law, {}}, 12}, simulation.estimators};
  auto const failed = failed_fits(scenario, 9, 2050);
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_GT(counted, 100);
  EXPECT_EQ(failed[0].count, counted);
  ASSERT_EQ(failed[0].first.size(), 100u);
  for (auto const replicate : failed[0].first) EXPECT_FALSE(replay(scenario, 9, replicate).fits.at(0).found);
}

}  // namespace
}  // namespace fisherlab::runs
