#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// The folder of a short run: one claim, with findings that stay open.
fs::path short_run() {
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "short.toml",
                               "[[case]]\nclaim = \"efficiency\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\n"
                               "n = [10, 20, 40]\noptions = {margin = 0.09}\n");
  auto const outcome =
      run_program({"verify", study, "--max-replicates", "1024", "--quiet", "--out", (folder / "run").string()});
  EXPECT_TRUE(outcome.exit_code == 0 || outcome.exit_code == 4) << outcome.err;
  return folder / "run";
}

Outcome report(fs::path const& run, Words const& more) {
  Words words = {"report", run.string()};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words);
}

TEST(Report, ReadsAFolderThatHoldsTheTheoryToo) {
  auto const run = fresh_folder() / "run";
  // A deadline that is over at once: what is asked here is what the folder may hold.
  ASSERT_NE(
      run_program({"verify", "notes", "--max-replicates", "1024", "--deadline", "1s", "--quiet", "--out", run.string()})
          .exit_code,
      2);
  ASSERT_EQ(report(run, {"--format", "theory"}).exit_code, 0);
  auto const again = report(run, {"--format", "junit"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_GT(bytes_of(run / "theory.md").size(), 300u);
}

TEST(Report, OfAComparisonDoesNotOutliveTheRun) {
  auto const folder = fresh_folder();
  auto const run = folder / "run";
  Words const smoke = {"verify", "smoke", "--quiet", "--out", run.string()};
  ASSERT_EQ(run_program(smoke).exit_code, 0);
  ASSERT_EQ(run_program({"compare", run.string(), run.string(), "--format", "html", "--out", run.string()}).exit_code,
            0);
  ASSERT_TRUE(fs::exists(run / "compare.html"));
  ASSERT_EQ(report(run, {"--format", "junit"}).exit_code, 0);
  ASSERT_EQ(run_program(smoke).exit_code, 0);
  EXPECT_FALSE(fs::exists(run / "compare.html"));
}

TEST(Report, WritesEveryFormatBesideTheRunAndNamesThem) {
  auto const run = short_run();
  auto const outcome = report(run, {});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  for (std::string const name : {"report.md", "report.tex", "junit.xml"}) {
    EXPECT_NE(outcome.out.find(name), std::string::npos) << outcome.out;
    EXPECT_GT(bytes_of(run / name).size(), 300u) << name;
  }
  EXPECT_NE(bytes_of(run / "report.md").find("## Findings"), std::string::npos);
  EXPECT_NE(bytes_of(run / "report.tex").find("\\caption{Findings."), std::string::npos);
  EXPECT_NE(bytes_of(run / "junit.xml").find("classname=\"efficiency\""), std::string::npos);
}

TEST(Report, WritesOnlyTheTableAndColumnsAskedFor) {
  auto const run = short_run();
  auto const out = run / "paper";
  auto const outcome = report(
      run, {"--format", "markdown", "--table", "performance", "--columns", "n,estimator,bias", "--out", out.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const text = bytes_of(out / "report.md");
  EXPECT_NE(text.find("| n | estimator | bias |\n|--:|---|--:|\n| 10 |"), std::string::npos) << text;
  EXPECT_EQ(text.find("## Findings"), std::string::npos);
  EXPECT_FALSE(fs::exists(out / "report.tex"));
  EXPECT_FALSE(fs::exists(run / "report.md"));
}

fs::path simulated_gamma() {
  auto const run = fresh_folder() / "run";
  run_program({"simulate", "gamma", "--theta", "shape=2.5,rate=1.3", "--n", "20,40", "--replicates", "64", "--quiet",
               "--out", run.string()});
  return run;
}

TEST(Report, WritesOnlyTheRowsAskedFor) {
  auto const run = simulated_gamma();
  Words const words{"--format", "markdown", "--table", "performance", "--columns", "n,component", "--where"};
  auto const with = [&](std::string const& where) {
    auto all = words;
    all.push_back(where);
    return report(run, all);
  };
  ASSERT_EQ(with("component=rate").exit_code, 0);
  EXPECT_NE(bytes_of(run / "report.md").find("|--:|---|\n| 20 | rate |\n| 40 | rate |\n\n"), std::string::npos);
  ASSERT_EQ(with("n=40,component=shape,parameters=shape=2.5;rate=1.3").exit_code, 0);
  EXPECT_NE(bytes_of(run / "report.md").find("|--:|---|\n| 40 | shape |\n\n"), std::string::npos);
  EXPECT_NE(with("component=shap").err.find("no row of performance is as --where says"), std::string::npos);
  EXPECT_NE(with("componen=shape").err.find("did you mean 'component'?"), std::string::npos);
  EXPECT_NE(with("shape").err.find("write COLUMN=TEXT"), std::string::npos);
}

TEST(Report, OfARunWithoutFindingsHasItsPerformance) {
  auto const run = simulated_gamma();
  auto const outcome = report(run, {});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(fs::exists(run / "report.md"));
  EXPECT_FALSE(fs::exists(run / "junit.xml"));
  EXPECT_EQ(report(run, {"--format", "junit"}).exit_code, 2);
  EXPECT_EQ(report(run, {"--table", "findings"}).exit_code, 2);
}

TEST(Report, RefusesBadInputInOneSentenceAndWritesNothing) {
  auto const run = short_run();
  struct Bad {
    Words words;
    std::string said;
  };
  std::vector<Bad> const all = {
      {{"--format", "latec"}, "there is no format 'latec', did you mean 'latex'?"},
      {{"--format", "latex,"}, "--format"},
      {{"--table", "finding"}, "there is no table 'finding', did you mean 'findings'?"},
      {{"--table", "performance", "--columns", "bais"},
       "there is no column of performance 'bais', did you mean 'bias'?"},
      {{"--columns", "bias"}, "--columns is given without --table"},
      {{"--where", "n=10"}, "--where is given without --table"},
      {{"--table", "findings", "--format", "junit"}, "--table is given for junit"},
      {{"more"}, "one too many"},
  };
  int ran = 0;
  for (auto const& [words, said] : all) {
    auto const outcome = report(run, words);
    EXPECT_EQ(outcome.exit_code, 2) << words[0];
    EXPECT_NE(outcome.err.find(said), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    ++ran;
  }
  EXPECT_EQ(ran, 8);
  EXPECT_FALSE(fs::exists(run / "report.md"));
  EXPECT_EQ(run_program({"report"}).exit_code, 2);
  EXPECT_EQ(report(run / "nowhere", {}).exit_code, 2);
  EXPECT_EQ(report(run / "findings.csv", {}).exit_code, 2);
}

TEST(Report, RefusesADamagedRun) {
  auto const run = short_run();
  auto const bytes = bytes_of(run / "findings.csv");
  file_with(run, "findings.csv", bytes.substr(0, bytes.size() - 5));
  auto outcome = report(run, {});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("findings.csv' was changed or cut short"), std::string::npos) << outcome.err;
  forget_hashes(run);
  outcome = report(run, {});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("findings.csv', line "), std::string::npos) << outcome.err;
  fs::remove(run / "findings.csv");
  outcome = report(run, {});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("findings.csv' does not exist"), std::string::npos) << outcome.err;
  EXPECT_FALSE(fs::exists(run / "report.md"));
}

}  // namespace
}  // namespace fisherlab::test
