#include "tests/support/program.hpp"

#include <gtest/gtest.h>
#include <sys/types.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

TEST(Program, AnswersToHelpAndVersionAsWords) {
  EXPECT_EQ(run_program({"help"}).out, run_program({"--help"}).out);
  EXPECT_EQ(run_program({"help", "verify"}).out, run_program({"verify", "--help"}).out);
  EXPECT_EQ(run_program({"version"}).out, run_program({"--version"}).out);
  EXPECT_EQ(run_program({"-V"}).out, run_program({"--version"}).out);
  auto const slip = run_program({"help", "verfy"});
  EXPECT_EQ(slip.exit_code, 2) << slip.out;
  EXPECT_NE(slip.err.find("did you mean 'verify'?"), std::string::npos) << slip.err;
}

TEST(Verify, SmokeEndsAsExpectedWithTheSameBytesOnOneAndTwoThreads) {
  auto const folder = fresh_folder();
  auto const one = folder / "nested" / "one", two = folder / "two";
  auto const first = run_program({"verify", "smoke", "--seed", "7", "--threads", "1", "--out", one.string()});
  auto const second = run_program({"verify", "smoke", "--seed", "7", "--threads", "2", "--out", two.string()});
  EXPECT_EQ(first.exit_code, 0) << first.out << first.err;
  EXPECT_EQ(second.exit_code, 0) << second.out << second.err;
  EXPECT_EQ(first.err.find('\r'), std::string::npos) << "no bar that moves where stderr is no terminal";
  for (std::string const name : {"findings.csv", "performance.csv", "convergence.csv", "curves.csv",
                                 "distributions.csv", "intervals.csv", "summary.md"}) {
    EXPECT_GT(bytes_of(one / name).size(), 100u) << name;
    EXPECT_EQ(bytes_of(one / name), bytes_of(two / name)) << name;
  }
  auto const manifest = manifest_in(one);
  EXPECT_EQ(manifest["fingerprint"], manifest_in(two)["fingerprint"]);
  EXPECT_EQ(manifest["seed"], 7);
  EXPECT_EQ(manifest["threads"], 1);
  EXPECT_EQ(manifest["exit_code"], 0);
  EXPECT_EQ(manifest["fingerprint"].get<std::string>().size(), 16u);
  EXPECT_NE(first.out.find("0 failed, 0 open"), std::string::npos) << first.out;
}

TEST(Verify, ExitsWithOneWhenAFindingContradictsTheStudy) {
  auto const folder = fresh_folder();
  auto const study =
      file_with(folder, "wrong.toml",
                "[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\nn = 10\n"
                "plant = {score = 0.1}\n");
  auto const outcome = run_program({"verify", study, "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
  EXPECT_NE(outcome.out.find("FAILED"), std::string::npos) << outcome.out;
  EXPECT_EQ(manifest_in(folder / "out")["exit_code"], 1);
}

TEST(Verify, ExitsWithFourWhenAFindingStaysOpen) {
  auto const folder = fresh_folder();
  auto const study =
      file_with(folder, "short.toml",
                "[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\nn = 10\n");
  auto const outcome = run_program({"verify", study, "--max-replicates", "1024", "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.exit_code, 4) << outcome.out;
  EXPECT_EQ(manifest_in(folder / "out")["replicates"], 1024);
}

TEST(Verify, StopsAtTheDeadline) {
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "long.toml",
                               "replicates = 65536\nmax_replicates = 1e9\n[[case]]\nclaim = \"score-mean\"\n"
                               "model = \"exponential\"\ntheta = {rate = 0.4}\nn = 10\noptions = {margin = 1e-6}\n");
  auto const outcome = run_program({"verify", study, "--deadline", "0.001s", "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.exit_code, 4) << outcome.out << outcome.err;
  EXPECT_EQ(manifest_in(folder / "out")["deadline_reached"], true);
  EXPECT_NE(outcome.out.find("deadline"), std::string::npos);
}

/// Ten billion replicates: hours of work, which a signal ends.
std::string endless_study(std::filesystem::path const& folder) {
  return file_with(folder, "endless.toml",
                   "replicates = 1e10\nmax_replicates = 1e10\n[[case]]\nclaim = \"score-mean\"\nmodel = \"gamma\"\n"
                   "theta = {shape = 2.5, rate = 1.3}\nn = 100\n");
}

TEST(Verify, LeavesItsFilesWhenInterrupted) {
  auto const folder = fresh_folder();
  for (int const signal : {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGXFSZ}) {
    auto const out = folder / std::to_string(signal);
    auto const outcome =
        run_program({"verify", endless_study(folder), "--out", out.string()}, after_saves(out, 1, signal));
    EXPECT_EQ(outcome.exit_code, 3) << outcome.out << outcome.err;
    EXPECT_NE(outcome.out.find("Interrupted"), std::string::npos);
    EXPECT_TRUE(bytes_of(out / "findings.csv").starts_with("claim,statement,"));
    EXPECT_EQ(manifest_in(out)["exit_code"], 3);
  }
}

TEST(Simulate, PrintsAndWritesTheMeasures) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  auto const outcome = run_program({"simulate", "gamma", "--theta", "rate=1.3, shape=2.5", "--n", "20,100",
                                    "--replicates", "1e4", "--estimator", "mle,moments", "--out", out.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_NE(outcome.out.find("shape=2.5;rate=1.3"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("replicates/s"), std::string::npos);
  auto const csv = bytes_of(out / "performance.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 2 * 2) << "two sizes, two estimators, two components";
  EXPECT_EQ(manifest_in(out)["replicates"], 20000);
}

TEST(Diagnose, FitsTheBallBearings) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  std::string const data = FISHERLAB_SHIPPED_DATA_DIR "/ball_bearings.csv";
  auto const outcome = run_program({"diagnose", "weibull", data, "--budget", "1000", "--out", out.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  for (std::string const text :
       {"n = 23", "2.102", "81.88", "coverage of Wald", "bias in standard errors", "- For shape"})
    EXPECT_NE(outcome.out.find(text), std::string::npos) << text << '\n' << outcome.out;
  for (std::string const name :
       {"fit.csv", "advice.csv", "goodness.csv", "performance.csv", "summary.md", "manifest.json"})
    EXPECT_TRUE(std::filesystem::exists(out / name)) << name;
  EXPECT_TRUE(bytes_of(out / "fit.csv").starts_with("parameter,estimate,std_error,interval,lower,upper,"));
  EXPECT_NE(bytes_of(out / "fit.csv").find("\nscale,81.878334051"), std::string::npos);
  EXPECT_NE(bytes_of(out / "fit.csv").find(",calibrated likelihood-ratio,"), std::string::npos);
  EXPECT_TRUE(bytes_of(out / "advice.csv").starts_with("parameter,interval,reason,needed_n"));
  EXPECT_NE(bytes_of(out / "goodness.csv").find("\nAnderson-Darling,"), std::string::npos);
}

TEST(Diagnose, TakesKnownConstantsAndAColumn) {
  auto const folder = fresh_folder();
  auto const data = file_with(folder, "two.csv", "name,length\na,1.5\nb,2.5\nc,2\n");
  auto const outcome = run_program({"diagnose", "normal_mean", data, "--column", "length", "--set", "sd=2",
                                    "--replicates", "2000", "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(bytes_of(folder / "out" / "fit.csv").find("\nmean,2,") != std::string::npos);
}

TEST(Help, IsEverywhereAndExitsWithZero) {
  std::vector<std::vector<std::string>> const all = {{},
                                                     {"--help"},
                                                     {"verify", "--help"},
                                                     {"calibrate", "--help"},
                                                     {"diagnose", "-h"},
                                                     {"simulate", "--help"},
                                                     {"list", "--help"},
                                                     {"show", "--help"}};
  for (auto const& words : all) {
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_NE(outcome.out.find("Usage: fisherlab"), std::string::npos) << outcome.out;
    EXPECT_EQ(outcome.err, "");
  }
  EXPECT_TRUE(run_program({"--version"}).out.starts_with("fisherlab "));
}

TEST(List, NamesWhatShowTellsOf) {
  auto const all = run_program({"list"});
  EXPECT_EQ(all.exit_code, 0);
  for (std::string const name :
       {"gamma", "uniform", "score-mean", "coverage", "mle", "best_unbiased", "notes", "smoke"}) {
    EXPECT_NE(all.out.find(name), std::string::npos) << name;
    auto const card = run_program({"show", name});
    EXPECT_EQ(card.exit_code, 0) << name << card.err;
    EXPECT_TRUE(card.out.starts_with(name)) << card.out;
    EXPECT_EQ(card.out.find("\033["), std::string::npos) << "no colour where stdout is no terminal";
  }
}

}  // namespace
}  // namespace fisherlab::test
