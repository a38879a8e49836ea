#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "base/files/csv_reader.hpp"
#include "runs/folder/run_reader.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> simulating(std::vector<std::string> more, fs::path const& out) {
  std::vector<std::string> words{"simulate", "exponential", "--theta", "rate=0.4", "--quiet", "--out", out.string()};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(SimulateOptions, KeptEstimatesComeToTheSameMeasuresInAnalyze) {
  auto const folder = fresh_folder();
  ASSERT_EQ(
      run_program(simulating({"--n", "20", "--replicates", "3000", "--keep-estimates"}, folder / "run")).exit_code, 0);
  auto const again = run_program({"analyze", (folder / "run" / "estimates.csv").string(), "--truth", "0.4",
                                  "--estimate", "estimate", "--se", "std_error", "--by",
                                  "model,parameters,n,estimator,component", "--out", (folder / "again").string()});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  auto const a = runs::read_run(folder / "run").performance, b = runs::read_run(folder / "again").performance;
  ASSERT_EQ(a.size(), 1u);
  ASSERT_EQ(b.size(), 1u);
  EXPECT_EQ(a[0].model, b[0].model);
  EXPECT_EQ(a[0].parameters, b[0].parameters);
  EXPECT_EQ(a[0].n, b[0].n);
  EXPECT_EQ(a[0].component, b[0].component);
  auto const near = [](Estimated const& x, Estimated const& y) {
    EXPECT_NEAR(x.value, y.value, 1e-12);
    EXPECT_NEAR(x.mcse, y.mcse, 1e-12);
  };
  near(a[0].bias, b[0].bias);
  near(a[0].emp_se, b[0].emp_se);
  near(a[0].mse, b[0].mse);
  near(*a[0].model_se, *b[0].model_se);
  near(*a[0].relative_se_error, *b[0].relative_se_error);
  near(*a[0].coverage, *b[0].coverage);
  near(*a[0].relative_bias, *b[0].relative_bias);
  EXPECT_NEAR(a[0].be_coverage->value, b[0].be_coverage->value, 1e-3) << "by a histogram, and counted";
  EXPECT_NEAR(b[0].missed_below->value + b[0].missed_above->value + b[0].coverage->value, 1, 1e-12);
}

/// Runs a simulation whole and in two shards, and joins these: folders `whole` and `merged`.
void run_in_two(std::vector<std::string> const& words, fs::path const& folder) {
  ASSERT_EQ(run_program(simulating(words, folder / "whole")).exit_code, 0);
  for (std::string const part : {"1", "2"}) {
    auto shard = words;
    shard.insert(shard.end(), {"--shard", part + "/2"});
    ASSERT_EQ(run_program(simulating(shard, folder / part)).exit_code, 0);
  }
  auto const merged =
      run_program({"merge", (folder / "merged").string(), (folder / "1").string(), (folder / "2").string(), "--quiet"});
  ASSERT_EQ(merged.exit_code, 0) << merged.err;
}

TEST(SimulateOptions, ShardsKeepTheSameEstimates) {
  auto const folder = fresh_folder();
  run_in_two({"--n", "5,10", "--replicates", "3000", "--keep-estimates"}, folder);
  for (auto const* name : {"estimates.csv", "performance.csv"})
    EXPECT_EQ(bytes_of(folder / "merged" / name), bytes_of(folder / "whole" / name)) << name;
}

TEST(SimulateOptions, ShardsCompareTheSameIntervals) {
  auto const folder = fresh_folder();
  run_in_two({"--n", "10", "--replicates", "3000", "--interval", "wald,score", "--null", "rate=0.6"}, folder);
  EXPECT_EQ(bytes_of(folder / "merged" / "performance.csv"), bytes_of(folder / "whole" / "performance.csv"));
  auto const rows = runs::read_run(folder / "merged").performance;
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].estimator, "mle [score]");
  EXPECT_GT(rows[1].power->value, 1 - rows[1].coverage->value) << "0.6 is rejected oftener than the truth";
}

TEST(SimulateOptions, ReplicatesAreChosenByTheError) {
  auto const folder = fresh_folder();
  auto const outcome =
      run_program(simulating({"--n", "10:40 by x2", "--mcse", "bias=0.0005,coverage=0.001"}, folder / "run"));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const rows = runs::read_run(folder / "run").performance;
  ASSERT_EQ(rows.size(), 3u);
  double largest = 0;
  for (auto const& row : rows) {
    EXPECT_LE(row.bias.mcse, 0.0005);
    EXPECT_LE(row.coverage->mcse, 0.001);
    largest = std::max({largest, row.bias.mcse / 0.0005, row.coverage->mcse / 0.001});
  }
  EXPECT_GT(largest, 0.9) << "no more than they have to be";
}

TEST(SimulateOptions, KeptSamplesAreThoseThatWereFitted) {
  auto const folder = fresh_folder();
  ASSERT_EQ(run_program(simulating({"--n", "3", "--replicates", "1000", "--keep-estimates", "--keep-samples", "10"},
                                   folder / "run"))
                .exit_code,
            0);
  auto const samples = parse_csv(bytes_of(folder / "run" / "samples.csv"), "samples.csv");
  auto const estimates = parse_csv(bytes_of(folder / "run" / "estimates.csv"), "estimates.csv");
  ASSERT_EQ(samples.size(), 1u + 30u);
  EXPECT_EQ(samples[0].cells, (std::vector<std::string>{"n", "replicate", "observation", "x"}));
  for (std::size_t r = 0; r < 10; ++r) {
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i) sum += std::stod(samples[1 + 3 * r + i].cells[3]);
    EXPECT_NEAR(3 / sum, std::stod(estimates[1 + r].cells[6]), 1e-12) << "replicate " << r;
  }
}

TEST(SimulateOptions, DrawsOfBoostDoNotDependOnThreads) {
  auto const folder = fresh_folder();
  std::vector<std::string> const words{"--n", "20", "--replicates", "20000"};
  for (auto const* threads : {"1", "3"}) {
    auto boost = words;
    boost.insert(boost.end(), {"--draws", "boost", "--threads", threads});
    ASSERT_EQ(run_program(simulating(boost, folder / threads)).exit_code, 0);
  }
  ASSERT_EQ(run_program(simulating(words, folder / "lanes")).exit_code, 0);
  auto const first = bytes_of(folder / "1" / "performance.csv");
  EXPECT_EQ(first, bytes_of(folder / "3" / "performance.csv"));
  EXPECT_NE(first, bytes_of(folder / "lanes" / "performance.csv"));
  auto const a = runs::read_run(folder / "1").performance[0].bias,
             b = runs::read_run(folder / "lanes").performance[0].bias;
  // The bias is 0.4/19; two estimates of it are seven errors apart with chance 3e-12.
  EXPECT_LT(std::fabs(a.value - b.value), 7 * std::hypot(a.mcse, b.mcse));
  EXPECT_NE(runs::read_run(folder / "1").manifest.study.find("draws = \"boost\""), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::test
