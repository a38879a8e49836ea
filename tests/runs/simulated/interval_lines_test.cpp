#include "runs/simulated/interval_lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/special/distributions.hpp"
#include "findings/csv/table_csv.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

Simulation of_normal(std::int64_t replicates) {
  Simulation simulation;
  simulation.law = test::law("normal", {-4, 0.5});
  simulation.sizes = {5, 40};
  simulation.replicates = replicates;
  simulation.estimators = make_estimators({"mle", "moments"}, simulation.law.model, "--estimator");
  simulation.seed = 7;
  simulation.level = 0.9;
  return simulation;
}

std::vector<ReplicateInterval> lines_of(SimulationResult const& result, std::string const& component, std::int64_t n) {
  std::vector<ReplicateInterval> lines;
  for (auto const& row : result.pictures.intervals)
    if (row.interval == "mle" && row.component == component && row.n == n) lines.push_back(row);
  return lines;
}

bool holds(ReplicateInterval const& row) { return row.lower <= row.truth && row.truth <= row.upper; }

/// Of the mean of n normal observations with the standard deviation of maximum likelihood, Wald's interval holds the
/// truth with the probability P(|T| <= z ((n - 1)/n)^1/2), T of Student's law with n - 1 degrees of freedom: 0.7848 at
/// n = 5 and z = 1.645. 4,096 replicates know it to 0.0064, and 200 bins keep it to half a bin.
TEST(IntervalLines, MissTheTruthAsOftenAsAllReplicates) {
  auto const result = simulate(of_normal(4096));
  auto const lines = lines_of(result, "mean", 5);
  ASSERT_EQ(lines.size(), 200u);
  double const share = static_cast<double>(std::ranges::count_if(lines, holds)) / 200;
  EXPECT_NEAR(share, 0.7848, 5 * 0.0064 + 0.0025);
  auto const& curves = result.pictures.curves;
  auto const point = std::ranges::find_if(
      curves, [](CurveRow const& row) { return row.method == "mle" && row.component == "mean" && row.n == 5; });
  ASSERT_NE(point, curves.end());
  EXPECT_NEAR(share, point->value, 0.0051) << "the coverage of the same replicates";
  EXPECT_EQ(point->reference, 0.9);
  EXPECT_EQ(point->replicates, 4096);
}

/// |z| beyond the critical value is a miss, for every line of every estimator.
TEST(IntervalLines, AreSortedByWhatDecides) {
  auto const result = simulate(of_normal(2000));
  double const critical = normal_quantile(0.95);
  ASSERT_EQ(result.pictures.intervals.size(), 2u * 2u * 200u) << "moments report no standard errors";
  for (auto const& row : result.pictures.intervals)
    EXPECT_EQ(std::fabs(row.z) <= critical, holds(row)) << row.replicate;
}

/// They are the replicates of the run: the estimates that --keep-estimates writes.
TEST(IntervalLines, AreReplicatesOfTheRun) {
  auto simulation = of_normal(1000);
  simulation.keep_estimates = true;
  auto const result = simulate(simulation);
  auto const kept = std::ranges::find_if(
      result.estimates, [](KeptEstimates const& each) { return each.estimator == "mle" && each.n == 40; });
  ASSERT_NE(kept, result.estimates.end());
  auto const lines = lines_of(result, "sd", 40);
  ASSERT_EQ(lines.size(), 200u);
  for (auto const& line : lines)
    EXPECT_EQ(line.estimate, kept->values[static_cast<std::size_t>(4 * line.replicate + 2)]) << line.replicate;
}

TEST(IntervalLines, AreTheSameForAnyNumberOfThreadsAndChangeNoFingerprint) {
  auto simulation = of_normal(3000);
  simulation.threads = 1;
  auto const one = simulate(simulation);
  simulation.threads = 3;
  auto const three = simulate(simulation);
  EXPECT_EQ(table_csv(one.pictures.intervals).bytes, table_csv(three.pictures.intervals).bytes);
  EXPECT_EQ(one.fingerprint, three.fingerprint);
}

/// Large samples are drawn again for a few lines alone.
TEST(IntervalLines, CostLittleBesideTheRun) {
  auto simulation = of_normal(400);
  simulation.sizes = {200'000};
  auto const lines = lines_of(simulate(simulation), "mean", 200'000);
  EXPECT_EQ(lines.size(), 25u) << "a sixteenth of the run";
  for (auto const& line : lines) EXPECT_LT(line.replicate, 25);
}

}  // namespace
}  // namespace fisherlab::runs
