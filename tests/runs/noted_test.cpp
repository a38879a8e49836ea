#include "runs/noted.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runs/replay.hpp"
#include "runs/run.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t replicates = 4096;

Study study_of(std::string const& cases) {
  return parse_study("seed = 11\nreplicates = 4096\nmax_replicates = 4096\n" + cases, "s.toml");
}

std::vector<ReplicateRow> rows_of(RunResult const& result, Noted why) {
  std::vector<ReplicateRow> rows;
  std::ranges::copy_if(result.noted, std::back_inserter(rows), [why](auto const& row) { return row.why == why; });
  return rows;
}

/// Estimates that fail often: a sample below the dispersion of Poisson counts has no size.
TEST(NotedReplicates, AreTheFirstHundredFailedFitsAndHowMany) {
  auto const study = study_of(
      "[[case]]\nclaims = [\"coverage\", \"bias\"]\nmodel = \"negative_binomial\"\ntheta = {mean = 2, size = 3}\n"
      "n = [12, 24, 48]\nexpect = \"report\"\n");
  auto const result = run(study.questions, study.settings, {});
  auto const scenarios = replay_scenarios(study.questions);
  auto const rows = rows_of(result, Noted::failed);
  ASSERT_FALSE(rows.empty());
  EXPECT_GT(rows.front().among, 100);
  int compared = 0;
  for (std::size_t k = 0; k < scenarios.size(); ++k)
    for (auto const& failed : failed_fits(scenarios[k], 11, replicates)) {
      std::vector<std::int64_t> named;  // where the search of an interval fails besides, `among` is another number
      for (auto const& row : rows)
        if (row.scenario == static_cast<int>(k) + 1 && row.estimator == failed.estimator && row.among == failed.count)
          named.push_back(row.replicate);
      EXPECT_EQ(named, failed.first) << failed.estimator << ", scenario " << k + 1;
      compared += failed.count > 0;
    }
  EXPECT_EQ(compared, 3) << "at each n some fits fail";
}

/// All that the probes of a scenario keep of each replicate.
std::vector<std::vector<double>> kept_of(ReplayScenario const& scenario) {
  std::vector<std::vector<double>> all;
  for (std::int64_t r = 0; r < replicates; ++r) {
    auto& values = all.emplace_back();
    for (auto const& kept : replay(scenario, 11, r).kept)
      values.insert(values.end(), kept.values.begin(), kept.values.end());
  }
  return all;
}

/// The largest distance of a replicate from the mean over all, in standard deviations, over what is kept; and which it
/// is.
std::pair<double, std::int64_t> farthest_of(std::vector<std::vector<double>> const& kept) {
  std::pair<double, std::int64_t> farthest{0, -1};
  for (std::size_t a = 0; a < kept[0].size(); ++a) {
    double sum = 0, squares = 0;
    for (auto const& values : kept) sum += values[a];
    double const mean = sum / double(replicates);
    for (auto const& values : kept) squares += (values[a] - mean) * (values[a] - mean);
    double const sd = std::sqrt(squares / double(replicates - 1));
    for (std::size_t r = 0; r < kept.size(); ++r)
      farthest = std::max(farthest, {std::abs(kept[r][a] - mean) / sd, std::int64_t(r)});
  }
  return farthest;
}

/// A score with a constant added, which is refuted: the extremest of what its probe keeps, found by looking at all.
TEST(NotedReplicates, AreTheExtremestOfARefutedFinding) {
  auto const study = study_of(
      "[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\nn = 10\n"
      "plant = {score = 0.3}\nexpect = \"refuted\"\n");
  auto const result = run(study.questions, study.settings, {});
  ASSERT_FALSE(result.findings.empty());
  ASSERT_EQ(result.findings[0].verdict, Verdict::refuted);
  auto const rows = rows_of(result, Noted::extreme);
  ASSERT_EQ(rows.size(), 5u);
  auto const kept = kept_of(replay_scenarios(study.questions).at(0));
  auto const [distance, which] = farthest_of(kept);
  EXPECT_EQ(rows[0].replicate, which);
  EXPECT_NEAR(*rows[0].distance, distance, 1e-9 * distance);
  for (auto const& row : rows) {
    EXPECT_EQ(row.among, replicates);
    EXPECT_EQ(row.scenario, 1);
    auto const& values = kept[std::size_t(row.replicate)];
    EXPECT_NE(std::ranges::find(values, *row.value), values.end()) << "to the last bit";
  }
  for (std::size_t k = 1; k < rows.size(); ++k) EXPECT_LE(*rows[k].distance, *rows[k - 1].distance);
}

TEST(Questions, ReadProbesThatTheyHave) {
  int read = 0;
  for (auto const& name : {"smoke", "notes", "calibration"})
    for (auto const& question : load_study(name).questions) {
      if (question.sampled() == nullptr) continue;
      for (auto const& finding : question.sampled()->findings)
        for (auto const probe : finding.reads) {
          EXPECT_LT(probe, question.sampled()->probes.size()) << question.claim;
          ++read;
        }
    }
  EXPECT_GT(read, 500);
}

TEST(NotedReplicates, AreNoneWhereAllFitsSucceedAndNothingIsRefuted) {
  auto const study = study_of(
      "[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\nn = 10\n"
      "options = {margin = 0.2}\n");
  auto const result = run(study.questions, study.settings, {});
  EXPECT_EQ(result.findings.at(0).verdict, Verdict::verified);
  EXPECT_TRUE(result.noted.empty());
}

}  // namespace
}  // namespace fisherlab::runs
