#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "runs/resume/checkpoint.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// Some seconds of work in several looks.
std::string study_in(fs::path const& folder, std::string const& margin = "0.0001") {
  return file_with(folder, "long.toml",
                   "replicates = 65536\nmax_replicates = 3e7\n[[case]]\nclaims = [\"score-mean\", \"efficiency\"]\n"
                   "model = \"gamma\"\ntheta = {shape = 2.5, rate = 1.3}\nn = [10, 20, 40]\n"
                   "[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\nn = 40\n"
                   "options = {margin = " +
                       margin + "}\n");
}

Words verify(std::string const& study, fs::path const& out, Words const& more = {}) {
  Words words = {"verify", study, "--quiet", "--seed", "3", "--out", out.string()};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// The bytes of all files that hold no clock.
std::map<std::string, std::string> bytes_in(fs::path const& folder) {
  std::map<std::string, std::string> bytes;
  for (auto const& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".csv" || entry.path().extension() == ".md")
      bytes[entry.path().filename().string()] = bytes_of(entry.path());
  return bytes;
}

TEST(ResumedRun, HasTheBytesOfOneThatWasNotKilled) {
  auto const folder = fresh_folder();
  auto const whole = folder / "whole", killed = folder / "killed", history = folder / "nights.db";
  auto const study = study_in(folder);
  auto const expected = run_program(verify(study, whole));
  ASSERT_NE(expected.exit_code, 3) << expected.err;
  int kills = 0, ends = 0;
  // The last one ends: one that was killed may have come into the history already.
  for (int tries = 0, last = -1; kills < 4 || last != expected.exit_code; ++tries) {
    ASSERT_LT(tries, 40) << "it ends before it has saved a state";
    auto const outcome = run_program(verify(study, killed, {"--resume", "--history", history.string()}),
                                     after_saves(killed, 1 + tries % 3, kills < 4 ? SIGKILL : 0));
    last = outcome.exit_code;
    if (outcome.exit_code == -1) {
      ++kills;
      continue;
    }
    ASSERT_EQ(outcome.exit_code, expected.exit_code) << outcome.err;
    ++ends;
    EXPECT_EQ(bytes_in(killed), bytes_in(whole));
    EXPECT_EQ(run_program({"report", killed.string()}).exit_code, 0);
    EXPECT_FALSE(fs::exists(killed / "checkpoint.bin"));
    fs::remove_all(killed);
    // A history knows a run by its second: the next one starts in another.
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  auto const nights = run_program({"history", history.string()}).out;
  EXPECT_NE(nights.find(std::to_string(ends) + (ends == 1 ? " run" : " runs")), std::string::npos)
      << ends << " ends: " << nights;
}

TEST(ResumedRun, GoesOnAfterASignal) {
  auto const folder = fresh_folder();
  auto const whole = folder / "whole", cut = folder / "cut";
  auto const study = study_in(folder);
  auto const expected = run_program(verify(study, whole)).exit_code;
  for (int const signal : {SIGTERM, SIGINT, SIGHUP}) {
    auto const outcome = cut_run(verify(study, cut), cut, signal);
    EXPECT_NE(outcome.out.find("with --resume goes on there"), std::string::npos) << outcome.out;
    EXPECT_EQ(run_program(verify(study, cut, {"--resume"})).exit_code, expected);
    EXPECT_EQ(bytes_in(cut), bytes_in(whole));
  }
  auto const again = run_program(verify(study, cut, {"--resume"}));
  EXPECT_EQ(again.exit_code, expected) << "a whole run has nothing to resume";
  EXPECT_NE(again.out.find("came to its end already"), std::string::npos) << again.out;
  auto const other = run_program(verify(study, cut, {"--resume", "--max-replicates", "1e6"}));
  EXPECT_EQ(other.exit_code, 2) << other.out;
  EXPECT_NE(other.err.find("(max-replicates 30000000 then and 1000000 now)"), std::string::npos) << other.err;
}

TEST(ResumedRun, IsRefusedWhatChanged) {
  auto const folder = fresh_folder();
  auto const cut = folder / "cut";
  auto const study = study_in(folder);
  cut_run(verify(study, cut), cut, SIGTERM);
  ASSERT_TRUE(fs::exists(cut / "checkpoint.bin"));
  auto const said_of = [](Words const& words) {
    auto const refused = run_program(words);
    EXPECT_EQ(refused.exit_code, 2) << refused.err << refused.out;
    return refused.err;
  };
  Words other_seed = verify(study, cut, {"--resume"});
  other_seed[4] = "4";
  EXPECT_NE(said_of(other_seed).find("seed 3 then and 4 now"), std::string::npos);
  EXPECT_NE(said_of(verify(study, cut, {"--resume", "--max-replicates", "1e6"})).find("max-replicates"),
            std::string::npos);
  study_in(folder, "0.0002");
  EXPECT_NE(said_of(verify(study, cut, {"--resume"})).find("the study's text changed"), std::string::npos);
  study_in(folder);
  auto const state = bytes_of(cut / "checkpoint.bin");
  file_with(cut, "checkpoint.bin", state.substr(0, state.size() / 2));
  EXPECT_NE(said_of(verify(study, cut, {"--resume"})).find("is torn"), std::string::npos);
  file_with(cut, "checkpoint.bin", state);
  auto other_program = runs::read_checkpoint(cut / "checkpoint.bin");
  ASSERT_EQ(other_program.facts.at(0).first, "version");
  other_program.facts[0].second = "0.0.1";
  file_with(cut, "checkpoint.bin", runs::checkpoint_bytes(other_program));
  EXPECT_NE(said_of(verify(study, cut, {"--resume"})).find("version 0.0.1 then and"), std::string::npos);
  file_with(cut, "checkpoint.bin", state);
  EXPECT_NE(run_program(verify(study, cut, {"--resume"})).exit_code, 2) << "what was refused was not harmed";
}

}  // namespace
}  // namespace fisherlab::test
