#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::string short_study(fs::path const& folder, std::string const& name = "short.toml") {
  return file_with(
      folder, name,
      "replicates = 4096\nmax_replicates = 4096\n[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\n"
      "theta = {rate = 0.4}\nn = 10\noptions = {margin = 0.05}\n");
}

/// Hours of work.
std::string endless_study(fs::path const& folder) {
  return file_with(folder, "endless.toml",
                   "replicates = 1e10\nmax_replicates = 1e10\n[[case]]\nclaim = \"score-mean\"\nmodel = \"gamma\"\n"
                   "theta = {shape = 2.5, rate = 1.3}\nn = 100\n");
}

void wait_for(fs::path const& file) {
  for (int k = 0; k < 6000 && !fs::exists(file); ++k) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_TRUE(fs::exists(file)) << file;
}

Words verify(std::string const& study, fs::path const& out, Words const& more = {}) {
  Words words = {"verify", study, "--quiet", "--out", out.string()};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}
Words simulate(fs::path const& out, Words const& more = {}) {
  Words words = {"simulate",     "gamma", "--theta", "shape=2,rate=1", "--n",       "10",
                 "--replicates", "1e4",   "--quiet", "--out",          out.string()};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(RunsFolder, IsRefusedToARunOfAnotherKindOrStudy) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  auto const study = short_study(folder), other = short_study(folder, "other.toml");
  ASSERT_EQ(run_program(verify(study, out, {"--seed", "5"})).exit_code, 0);
  auto const findings = bytes_of(out / "findings.csv");
  for (auto const& words : {simulate(out, {"--seed", "99"}), verify(other, out)}) {
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.out;
    EXPECT_NE(outcome.err.find("--force"), std::string::npos) << outcome.err;
    EXPECT_EQ(bytes_of(out / "findings.csv"), findings);
    EXPECT_EQ(manifest_in(out)["seed"], 5);
  }
  EXPECT_EQ(run_program({"report", out.string(), "--format", "junit"}).exit_code, 0);
  EXPECT_EQ(run_program(simulate(out, {"--seed", "99", "--force"})).exit_code, 0);
  EXPECT_FALSE(fs::exists(out / "findings.csv")) << "no file of the earlier run is read as one of this";
  EXPECT_FALSE(fs::exists(out / "junit.xml"));
  EXPECT_EQ(run_program({"report", out.string(), "--format", "junit"}).exit_code, 2);
}

TEST(RunsFolder, IsItsCommandsOwnUnlessNamed) {
  auto const folder = fresh_folder();
  auto const study = short_study(folder);
  auto const kept = fs::current_path();
  fs::current_path(folder);
  short_study(folder, "any name");
  EXPECT_EQ(run_program({"verify", "any name", "--quiet"}).exit_code, 0);
  EXPECT_TRUE(fs::exists(folder / "reports-out" / "findings.csv"));
  EXPECT_EQ(run_program({"verify", study, "--quiet", "--force"}).exit_code, 0);
  EXPECT_EQ(
      run_program({"simulate", "gamma", "--theta", "shape=2,rate=1", "--n", "10", "--replicates", "1e4"}).exit_code, 0);
  EXPECT_EQ(run_program({"calibrate", study, "--runs", "2", "--quiet"}).exit_code, 0);
  EXPECT_EQ(run_program({"diagnose", "weibull", FISHERLAB_SHIPPED_DATA_DIR "/ball_bearings.csv"}).exit_code, 0);
  EXPECT_EQ(run_program({"influence", FISHERLAB_SHIPPED_DATA_DIR "/iris.csv", "--model", "softmax"}).exit_code, 0);
  fs::current_path(kept);
  for (auto const& [name, kind] : {std::pair("reports-out", "verify"),
                                   {"reports-simulate", "simulate"},
                                   {"reports-calibrate", "calibrate"},
                                   {"reports-diagnose", "diagnose"},
                                   {"reports-influence", "influence"}})
    EXPECT_EQ(manifest_in(folder / name)["kind"], kind);
}

TEST(RunsFolder, HasOneWriter) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  auto const study = endless_study(folder);
  auto const outcome = run_program(verify(study, out), [&](int pid) {
    wait_for(out / "manifest.json");
    auto const second = run_program(verify(short_study(folder, "short.toml"), out));  // ends, were it let in
    EXPECT_EQ(second.exit_code, 2);
    EXPECT_NE(second.err.find("is being written by process " + std::to_string(pid)), std::string::npos) << second.err;
    auto const reader = run_program({"report", out.string()});
    EXPECT_EQ(reader.exit_code, 2);
    EXPECT_NE(reader.err.find("not done yet"), std::string::npos) << reader.err;
    ::kill(pid, SIGTERM);
  });
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(manifest_in(out)["status"], "interrupted");
}

TEST(RunsFolder, OfAKilledRunHoldsNoOldFindings) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  auto const study = short_study(folder, "endless.toml");
  ASSERT_EQ(run_program(verify(study, out)).exit_code, 0);
  ASSERT_EQ(run_program({"report", out.string()}).exit_code, 0);
  run_program(verify(endless_study(folder), out, {"--seed", "2"}), after_saves(out, 1, SIGKILL));
  EXPECT_EQ(manifest_in(out)["status"], "running");
  for (auto const* name : {"findings.csv", "junit.xml", "report.html", "summary.md"})
    EXPECT_FALSE(fs::exists(out / name)) << name;
  for (auto const& words : {Words{"report", out.string()}, Words{"compare", out.string(), out.string()}}) {
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_NE(outcome.err.find("was killed before its end"), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(run_program(verify(short_study(folder, "endless.toml"), out)).exit_code, 0) << "and the next run takes it";
}

TEST(InterruptedRun, IsToldSoByEveryReport) {
  auto const folder = fresh_folder();
  auto const out = folder / "out", whole = folder / "whole";
  run_program(verify(endless_study(folder), out), [&](int pid) {
    wait_for(out / "manifest.json");
    ::kill(pid, SIGINT);
  });
  EXPECT_EQ(manifest_in(out)["status"], "interrupted");
  EXPECT_NE(bytes_of(out / "summary.md").find("**Interrupted"), std::string::npos);
  auto const page = bytes_of(out / "report.html");
  EXPECT_EQ(page.find("All as expected"), std::string::npos);
  EXPECT_NE(page.find("<h1>Interrupted before its end</h1>"), std::string::npos);
  ASSERT_EQ(run_program({"report", out.string(), "--format", "junit"}).exit_code, 2) << "it has no finding";
  ASSERT_EQ(run_program(verify(short_study(folder), whole)).exit_code, 0);
  auto const compared = run_program({"compare", whole.string(), out.string()});
  EXPECT_EQ(compared.exit_code, 3) << compared.out;
  EXPECT_NE(compared.out.find("The new run did not come to its end (interrupted)"), std::string::npos) << compared.out;
  EXPECT_EQ(run_program({"compare", whole.string(), whole.string()}).exit_code, 0);
}

}  // namespace
}  // namespace fisherlab::test
