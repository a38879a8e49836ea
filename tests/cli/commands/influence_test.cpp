#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "runs/folder/run_reader.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

using Words = std::vector<std::string>;

Words with_out(Words words, std::filesystem::path const& out) {
  words.insert(words.begin(), "influence");
  words.insert(words.end(), {"--out", out.string(), "--quiet"});
  return words;
}

std::string iris() { return FISHERLAB_SHIPPED_DATA_DIR "/iris.csv"; }

/// Two classes that overlap, one row of them plainly on the wrong side (row 12), and two sites.
std::string small_file(std::filesystem::path const& folder) {
  std::string bytes = "x,z,site,label\n";
  for (int i = 0; i < 12; ++i)
    bytes += std::to_string(i % 6 + (i >= 6 ? 3 : 0)) + ',' + std::to_string(i * 7 % 5) + ',' +
             (i % 2 ? "east" : "west") + ',' + (i >= 6 && i != 11 ? "b" : "a") + '\n';
  return file_with(folder, "small.csv", bytes);
}

TEST(InfluenceProgram, SaysWhatItShouldOfASmallDataSet) {
  auto const folder = fresh_folder();
  auto const outcome = run_program(with_out(
      {small_file(folder), "--model", "logistic", "--l2", "0.1", "--group", "site", "--refit", "all"}, folder / "out"));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const tiny = std::regex("gradient norm [^,]*");  // rounding decides its digits
  expect_golden("influence.txt",
                std::regex_replace(bytes_of(folder / "out" / "summary.md"), tiny, "gradient norm tiny"));
  EXPECT_TRUE(outcome.out.starts_with("small: 12 training rows")) << outcome.out;
  auto const run = runs::read_run(folder / "out");
  EXPECT_EQ(run.influence.size(), 12u);
  for (auto const& row : run.influence) EXPECT_TRUE(row.actual);
  EXPECT_EQ(run.manifest.exit_code, 0);
  EXPECT_NE(run.manifest.study.find("inputs = \"as they are\""), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(folder / "out" / "report.html"));
}

TEST(InfluenceProgram, WritesTheSameBytesOnOneAndTwoThreads) {
  auto const folder = fresh_folder();
  for (auto const* threads : {"1", "2"}) {
    auto const outcome = run_program(with_out(
        {iris(), "--model", "mlp", "--holdout", "0.2", "--standardise", "--refit", "top:6", "--threads", threads},
        folder / threads));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  for (auto const* name : {"influence.csv", "leave_one_out.csv", "summary.md"})
    EXPECT_EQ(bytes_of(folder / "1" / name), bytes_of(folder / "2" / name)) << name;
  auto const run = runs::read_run(folder / "1");
  EXPECT_EQ(run.influence.size(), 240u);
  EXPECT_EQ(std::count_if(run.influence.begin(), run.influence.end(), [](auto const& r) { return r.actual; }), 12);
  EXPECT_NE(run.manifest.study.find("z-scores"), std::string::npos);
}

TEST(InfluenceProgram, GivesTheExactChangeForLeastSquares) {
  auto const folder = fresh_folder();
  auto const file = file_with(folder, "line.csv", "x,y\n1,1.5\n2,2\n3,4\n4,3.5\n5,6\n6,20\n");
  auto const outcome = run_program(with_out({file, "--model", "linear", "--refit", "all"}, folder / "out"));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("There are no test rows"), std::string::npos);
  auto const csv = bytes_of(folder / "out" / "leave_one_out.csv");
  // Without row 6 the line through the others is y = 0.25 + 1.05 x; with all the slope is 52/17.5.
  EXPECT_NE(csv.find("\n6,A,intercept,"), std::string::npos) << csv;
  auto const row = csv.substr(csv.find("\n6,A,x,") + 7);
  std::vector<double> cells;
  for (std::size_t at = 0; at < row.find('\n');) {
    cells.push_back(std::stod(row.substr(at)));
    at = std::min(row.find(',', at), row.find('\n', at)) + 1;
  }
  ASSERT_EQ(cells.size(), 5u) << row;  // first_order, one_step, second_order, exact, refit
  double const change = 1.05 - 52 / 17.5;
  for (std::size_t const k : {1u, 3u, 4u}) EXPECT_NEAR(cells[k], change, 1e-9) << row;
  EXPECT_GT(std::abs(cells[0] - change), 0.1) << "the first order is not exact";
}

TEST(InfluenceProgram, LeavesItsFilesWhenInterrupted) {
  auto const folder = fresh_folder();
  std::string bytes = "x,z,label\n";
  for (int i = 0; i < 20'000; ++i)
    bytes += std::to_string(i * 37 % 101) + ',' + std::to_string(i * 53 % 89) + ',' + (i % 7 > 2 ? "b" : "a") + '\n';
  auto const out = folder / "out";
  auto const outcome = cut_run(
      with_out({file_with(folder, "long.csv", bytes), "--model", "logistic", "--refit", "all"}, out), out, SIGINT);
  EXPECT_EQ(outcome.exit_code, 3) << outcome.err;
  auto const said = outcome.out.find("Interrupted after ");
  ASSERT_NE(said, std::string::npos) << outcome.out;
  auto const refits = std::stol(outcome.out.substr(said + 18));
  RecordProperty("refits", static_cast<int>(refits));
  auto const run = runs::read_run(folder / "out");
  EXPECT_EQ(run.influence.size(), 20'000u);
  EXPECT_EQ(std::count_if(run.influence.begin(), run.influence.end(), [](auto const& r) { return r.actual; }), refits);
  EXPECT_EQ(run.manifest.exit_code, 3);
}

TEST(InfluenceProgram, GoesOnWhereItWasKilled) {
  auto const folder = fresh_folder();
  std::string bytes = "x,z,label\n";
  for (int i = 0; i < 6000; ++i)
    bytes += std::to_string(i * 37 % 101) + ',' + std::to_string(i * 53 % 89) + ',' + (i % 7 > 2 ? "b" : "a") + '\n';
  auto const file = file_with(folder, "long.csv", bytes);
  Words const words = {file, "--model", "logistic", "--refit", "all", "--quiet"};
  ASSERT_EQ(run_program(with_out(words, folder / "whole")).exit_code, 0);
  auto resumed = words;
  resumed.push_back("--resume");
  for (int const signal : {SIGKILL, SIGTERM}) {
    auto const cut = run_program(with_out(resumed, folder / "cut"), after_saves(folder / "cut", 1, signal));
    EXPECT_NE(cut.exit_code, 2) << cut.err;
  }
  EXPECT_EQ(run_program(with_out(resumed, folder / "cut")).exit_code, 0);
  for (char const* const name : {"influence.csv", "leave_one_out.csv", "summary.md"})
    EXPECT_EQ(bytes_of(folder / "cut" / name), bytes_of(folder / "whole" / name)) << name;
  EXPECT_FALSE(std::filesystem::exists(folder / "cut" / "checkpoint.bin"));
  Words const other = {file, "--model", "logistic", "--refit", "all", "--l2", "0.5", "--resume"};
  EXPECT_NE(run_program(with_out(other, folder / "cut")).err.find("started otherwise (the settings changed)"),
            std::string::npos);
}

void expect_refused(std::vector<std::pair<Words, std::string>> const& all, std::filesystem::path const& folder) {
  int ran = 0;
  for (auto const& [words, said] : all) {
    auto const outcome = run_program(with_out(words, folder / "out"));
    std::string shown;
    for (auto const& word : words) shown += word + ' ';
    EXPECT_EQ(outcome.exit_code, 2) << shown << outcome.out;
    EXPECT_EQ(outcome.out, "") << shown;
    EXPECT_TRUE(outcome.err.starts_with("fisherlab: ")) << shown << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << shown << outcome.err;
    EXPECT_NE(outcome.err.find(said), std::string::npos) << shown << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "out")) << shown;
    ++ran;
  }
  EXPECT_EQ(ran, static_cast<int>(all.size()));
}

TEST(InfluenceProgram, RefusesWhatItWasNotMeantFor) {
  auto const data = iris();
  auto const asked = [&](Words more) {
    more.insert(more.begin(), {data, "--model", "softmax"});
    return more;
  };
  expect_refused({{{"--model", "softmax"}, "influence needs a CSV file"},
                  {{data}, "influence needs --model, one of linear, logistic"},
                  {{data, "--model", "softmx"}, "did you mean 'softmax'?"},
                  {{data, "--model", "logistic"}, "needs two classes"},
                  {{data, "--model", "linear"}, "line 2: column 'species' holds words such as 'setosa', not numbers"},
                  {{data, "--model", "linear", "--label", "petal_width"}, "column 'species' holds words"},
                  {{data, "--model", "mlp", "--width", "0"}, "--width is 0 (too small)"},
                  {{data, "--model", "poisson", "--label", "petal_width", "--group", "species"}, "the target of row 1"},
                  {asked({"--label", "speices"}), "has no column 'speices', did you mean 'species'?"},
                  {asked({"--l2", "-1"}), "--l2 is -1 (it must not be negative)"},
                  {asked({"--l2", "much"}), "--l2 is 'much'"},
                  {asked({"--depth", "2"}), "--depth and --width are given for softmax"},
                  {asked({"--solver", "cgg"}), "there is no solver 'cgg', did you mean 'cg'?"},
                  {asked({"--damping", "-1"}), "--damping is -1"},
                  {asked({"--convention", "C"}), "there is no convention 'C'"},
                  {asked({"--refit", "some"}), "--refit is 'some' (not all, none or top:K)"},
                  {asked({"--refit", "top:0"}), "--refit top is 0 (too small)"},
                  {asked({"--holdout", "2"}), "--holdout is 2 (a share of the rows"},
                  {asked({"--holdout", "0.999"}), "it leaves 0 for training"},
                  {asked({"--test", "nowhere.csv"}), "'nowhere.csv' does not exist"},
                  {asked({"--test", data, "--holdout", "0.2"}), "--test and --holdout are both given"},
                  {asked({"--group", "sepals"}), "has no column 'sepals'"},
                  {asked({"--seed", "x"}), "the seed is 'x'"},
                  {asked({"--threads", "0"}), "--threads is 0"},
                  {asked({"--standardize"}), "did you mean '--standardise'?"}},
                 fresh_folder());
}

/// The common faults of such tools: an estimate where there is no minimum, or from a system that was not solved.
TEST(InfluenceProgram, RefusesWithNumbersWhereInfluenceIsNotDefined) {
  auto const folder = fresh_folder();
  auto const separated = file_with(folder, "separated.csv", "x,label\n1,a\n2,a\n3,a\n4,b\n5,b\n6,b\n");
  auto const uneven = file_with(folder, "uneven.csv",
                                "x,z,label\n0,0,a\n1,700,a\n2,400,b\n3,100,a\n4,300,b\n5,0,b\n3,200,b\n4,400,a\n");
  expect_refused(
      {{{iris(), "--model", "softmax", "--l2", "0"}, "smallest eigenvalue"},
       {{separated, "--model", "logistic", "--l2", "0"}, "there is no penalty, try --l2 0.01"},
       {{uneven, "--model", "logistic", "--l2", "0.1", "--solver", "lissa"}, "lissa did not solve 8 of 8 systems"}},
      folder);
}

}  // namespace
}  // namespace fisherlab::test
