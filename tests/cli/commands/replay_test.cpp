#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "base/files/csv_reader.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

TEST(ReplayCommand, ListsScenariosThenFailuresThenOneReplicate) {
  auto const folder = fresh_folder();
  auto const run = (folder / "run").string();
  ASSERT_EQ(run_program({"verify", "smoke", "--seed", "7", "--quiet", "--out", run}).exit_code, 0);
  auto const list = run_program({"replay", run});
  EXPECT_EQ(list.exit_code, 0) << list.err;
  EXPECT_GE(std::count(list.out.begin(), list.out.end(), '\n'), 5);
  EXPECT_NE(list.out.find("    1  "), std::string::npos) << list.out;
  auto const failures = run_program({"replay", run, "1"});
  EXPECT_EQ(failures.exit_code, 0) << failures.err;
  EXPECT_NE(failures.out.find("seed 7, the first 65536 replicates"), std::string::npos) << failures.out;
  auto const one = run_program({"replay", run, "1", "120"});
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_NE(one.out.find("seed 7, replicate 120\n\nsample\n"), std::string::npos) << one.out;
  EXPECT_NE(one.out.find("score at theta: "), std::string::npos) << one.out;
  EXPECT_EQ(one.out, run_program({"replay", run, "1", "120"}).out);
}

/// The first extreme replicate of a run, drawn again: the value that the table has stands in what is printed.
TEST(ReplayCommand, DrawsWhatTheRunNamesAgainToTheLastBit) {
  auto const folder = fresh_folder();
  auto const run = (folder / "run").string();
  auto const outcome = run_program({"verify", "smoke", "--seed", "7", "--quiet", "--verbose", "--out", run});
  ASSERT_EQ(outcome.exit_code, 0);
  auto const rows = parse_csv(bytes_of(folder / "run" / "replicates.csv"), "replicates.csv");
  ASSERT_GE(rows.size(), 6u);
  auto const column = [&](char const* name) {
    return static_cast<std::size_t>(std::ranges::find(rows[0].cells, name) - rows[0].cells.begin());
  };
  int drawn = 0;
  for (std::size_t k = 1; k < rows.size(); ++k) {
    auto const& cells = rows[k].cells;
    auto const again = run_program({"replay", run, cells[column("scenario")], cells[column("replicate")]});
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_NE(again.out.find(cells[column("claim")] + " keeps: "), std::string::npos) << again.out;
    EXPECT_NE(again.out.find(cells[column("value")]), std::string::npos) << again.out;
    ++drawn;
  }
  EXPECT_GE(drawn, 5);
  auto const command =
      "`fisherlab replay DIR " + rows[1].cells[column("scenario")] + " " + rows[1].cells[column("replicate")];
  for (auto const& text :
       {outcome.out, bytes_of(folder / "run" / "summary.md"), bytes_of(folder / "run" / "report.html")})
    EXPECT_NE(text.find(command), std::string::npos) << "who reads a report is told how";
}

TEST(ReplayCommand, PrintsTheEvaluationsOfASearch) {
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "s.toml",
                               "replicates = 1024\nmax_replicates = 1024\n[[case]]\nclaim = \"bias\"\n"
                               "model = \"logistic\"\ntheta = {location = 2, scale = 1}\nn = [10, 20, 40]\n");
  auto const run = (folder / "run").string();
  ASSERT_NE(run_program({"verify", study, "--quiet", "--out", run}).exit_code, 2);
  auto const one = run_program({"replay", run, "1", "3"});
  EXPECT_TRUE(std::regex_search(one.out, std::regex("mle: [1-9][0-9]? evaluations of the log likelihood\n")))
      << one.out;
}

TEST(ReplayCommand, RefusesWhatIsNotThere) {
  auto const folder = fresh_folder();
  auto const run = (folder / "run").string(), simulated = (folder / "simulated").string();
  ASSERT_EQ(run_program({"verify", "smoke", "--quiet", "--out", run}).exit_code, 0);
  ASSERT_EQ(run_program({"simulate", "gamma", "--theta", "shape=2,rate=1", "--n", "10", "--out", simulated}).exit_code,
            0);
  std::vector<std::vector<std::string>> const bad = {
      {"replay"},           {"replay", folder.string()}, {"replay", run, "0"},        {"replay", run, "1000000"},
      {"replay", run, "x"}, {"replay", run, "1", "-1"},  {"replay", run, "1", "1.5"}, {"replay", simulated}};
  for (auto const& words : bad) {
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 2) << words.back();
    EXPECT_EQ(outcome.out, "");
  }
}

}  // namespace
}  // namespace fisherlab::test
