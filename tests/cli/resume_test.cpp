#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// Some seconds of work in several looks.
std::string study_in(fs::path const& folder, std::string const& margin = "0.0005") {
  return file_with(folder, "long.toml",
                   "replicates = 65536\nmax_replicates = 2e6\n[[case]]\nclaims = [\"score-mean\", \"efficiency\"]\n"
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

TEST(ResumedRun, HasTheBytesOfOneThatWasNotKilledAtAnyMoment) {
  auto const folder = fresh_folder();
  auto const whole = folder / "whole", killed = folder / "killed", history = folder / "nights.db";
  auto const study = study_in(folder);
  auto const start = std::chrono::steady_clock::now();
  auto const expected = run_program(verify(study, whole));
  ASSERT_NE(expected.exit_code, 3) << expected.err;
  auto const span = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ASSERT_GT(span, 0.3) << "too short to be killed";
  std::mt19937 moments(7);
  int kills = 0, ends = 0;
  for (int round = 0; round < 3; ++round) {
    fs::remove_all(killed);
    int exit_code = -1;
    for (int tries = 0; exit_code == -1; ++tries) {
      double const wait = std::uniform_real_distribution<double>(0, (tries < 6 ? 0.7 : 3.0) * span)(moments);
      auto const outcome =
          run_program(verify(study, killed, {"--resume", "--history", history.string()}), [wait](int pid) {
            std::this_thread::sleep_for(std::chrono::duration<double>(wait));
            ::kill(pid, SIGKILL);
          });
      exit_code = outcome.exit_code;
      kills += exit_code == -1;
      ASSERT_TRUE(exit_code == -1 || exit_code == expected.exit_code) << outcome.err;
      ASSERT_LT(tries, 100);
    }
    ++ends;
    EXPECT_EQ(bytes_in(killed), bytes_in(whole));
    EXPECT_EQ(run_program({"report", killed.string()}).exit_code, 0);
    EXPECT_FALSE(fs::exists(killed / "checkpoint.bin"));
  }
  EXPECT_GE(kills, 3);
  auto const nights = run_program({"history", history.string()}).out;
  EXPECT_NE(nights.find(std::to_string(ends) + " runs"), std::string::npos) << "each once: " << nights;
}

TEST(ResumedRun, GoesOnAfterASignal) {
  auto const folder = fresh_folder();
  auto const whole = folder / "whole", cut = folder / "cut";
  auto const study = study_in(folder);
  auto const expected = run_program(verify(study, whole)).exit_code;
  int exit_code = 3, pieces = 0;
  for (; exit_code == 3 && pieces < 50; ++pieces) {
    auto const outcome = run_program(verify(study, cut, {"--resume"}), [pieces](int pid) {
      std::this_thread::sleep_for(std::chrono::milliseconds(150 + 40 * pieces));
      ::kill(pid, pieces % 2 == 0 ? SIGTERM : SIGINT);
    });
    exit_code = outcome.exit_code;
    if (exit_code == 3 && outcome.err.empty()) {
      EXPECT_NE(outcome.out.find("with --resume goes on there"), std::string::npos) << outcome.out;
    }
  }
  if (exit_code == -1) exit_code = run_program(verify(study, cut, {"--resume"})).exit_code;
  EXPECT_EQ(exit_code, expected);
  EXPECT_GE(pieces, 2);
  EXPECT_EQ(bytes_in(cut), bytes_in(whole));
  auto const again = run_program(verify(study, cut, {"--resume"}));
  EXPECT_EQ(again.exit_code, expected) << "a whole run has nothing to resume";
  EXPECT_NE(again.out.find("came to its end already"), std::string::npos) << again.out;
}

TEST(ResumedRun, IsRefusedWhatChanged) {
  auto const folder = fresh_folder();
  auto const cut = folder / "cut";
  auto const study = study_in(folder);
  auto const outcome = run_program(verify(study, cut), [](int pid) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    ::kill(pid, SIGTERM);
  });
  ASSERT_EQ(outcome.exit_code, 3);
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
  study_in(folder, "0.0006");
  EXPECT_NE(said_of(verify(study, cut, {"--resume"})).find("the study's text changed"), std::string::npos);
  study_in(folder);
  auto const state = bytes_of(cut / "checkpoint.bin");
  file_with(cut, "checkpoint.bin", state.substr(0, state.size() / 2));
  EXPECT_NE(said_of(verify(study, cut, {"--resume"})).find("is torn"), std::string::npos);
  file_with(cut, "checkpoint.bin", state);
  EXPECT_NE(run_program(verify(study, cut, {"--resume"})).exit_code, 2) << "what was refused was not harmed";
}

}  // namespace
}  // namespace fisherlab::test
