#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::string data(char const* name) { return (fs::path(FISHERLAB_SHIPPED_DATA_DIR) / name).string(); }

/// Cuts a diagnosis by each signal once, resumes it, and holds its files to those of one that was not cut.
void expect_resumable(Words words, std::vector<std::string> const& files) {
  auto const folder = fresh_folder();
  words.insert(words.begin(), "diagnose");
  words.insert(words.end(), {"--quiet", "--threads", "1", "--out"});
  auto const with = [&words](fs::path const& out, Words const& more) {
    auto all = words;
    all.push_back(out.string());
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  ASSERT_EQ(run_program(with(folder / "whole", {})).exit_code, 0);
  auto const cut = folder / "cut";
  auto const told = cut_run(with(cut, {"--resume"}), cut, SIGTERM);
  EXPECT_NE(told.out.find("--resume goes on"), std::string::npos) << told.out;
  run_program(with(cut, {"--resume"}), after_saves(cut, 1, SIGKILL));
  if (!fs::exists(cut / "checkpoint.bin")) cut_run(with(cut, {}), cut, SIGKILL);  // it was faster
  EXPECT_EQ(run_program(with(cut, {"--resume", "--seed", "2"})).exit_code, 2);
  ASSERT_EQ(run_program(with(cut, {"--resume"})).exit_code, 0);
  for (auto const& name : files) EXPECT_EQ(bytes_of(cut / name), bytes_of(folder / "whole" / name)) << name;
  EXPECT_FALSE(fs::exists(cut / "checkpoint.bin"));
  auto const again = run_program(with(cut, {"--resume"}));
  EXPECT_NE(again.out.find("came to its end already"), std::string::npos) << again.out;
  auto const other = run_program(with(cut, {"--resume", "--level", "0.9"}));
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_NE(other.err.find("started otherwise (level 0.95 then and 0.9 now)"), std::string::npos) << other.err;
}

TEST(ResumedDiagnosis, HasTheBytesOfOneThatWasNotCut) {
  // A number of replicates, so that no clock decides what is left out.
  expect_resumable({"gamma", data("ball_bearings.csv"), "--replicates", "65536"},
                   {"fit.csv", "advice.csv", "goodness.csv", "performance.csv", "advice.json", "summary.md"});
}

TEST(ResumedDiagnosis, OfSeveralFamiliesToo) {
  expect_resumable({"normal,gamma", data("chest_girths.csv")}, {"models.csv", "advice.json", "summary.md"});
}

TEST(ResumedDiagnosis, OfRegressionsToo) {
  expect_resumable({"poisson_regression", data("looms.csv"), "--formula", "breaks ~ wool * tension", "--replicates",
                    "60000", "--html"},
                   {"fit.csv", "advice.csv", "advice.json", "goodness.csv", "summary.md"});
}

}  // namespace
}  // namespace fisherlab::test
