#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

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
