#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "base/files/csv_reader.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

std::string const head = "family_error = 0.1\nreplicates = 2048\nmax_replicates = 32768\n";
std::string const sound =
    "[[case]]\nclaim = \"score-mean\"\nmodel = \"normal_mean\"\ntheta = {mean = -4, sd = 0.5}\nn = 5\n"
    "options = {margin = 0.02}\n";

TEST(CalibrateProgram, WritesTheSameBytesOnOneAndTwoThreads) {
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "study.toml", head + sound);
  auto const one = folder / "one", two = folder / "two";
  auto const first = run_program({"calibrate", study, "--runs", "20", "--seed", "7", "--threads", "1", "--far", "smoke",
                                  "--far-samples", "50", "--far-part", "2/8", "--quiet", "--out", one.string()});
  auto const second =
      run_program({"calibrate", study, "--runs", "20", "--seed", "7", "--threads", "2", "--far", "smoke",
                   "--far-samples", "50", "--far-part", "2/8", "--quiet", "--out", two.string()});
  EXPECT_EQ(first.exit_code, 0) << first.out << first.err;
  EXPECT_EQ(second.exit_code, 0) << second.out << second.err;
  EXPECT_EQ(first.err, "");
  EXPECT_EQ(bytes_of(one / "calibration.csv"), bytes_of(two / "calibration.csv"));
  auto const manifest = manifest_in(one);
  EXPECT_EQ(manifest["fingerprint"], manifest_in(two)["fingerprint"]);
  EXPECT_EQ(manifest["exit_code"], 0);
  EXPECT_EQ(manifest["seed"], 7);
  EXPECT_EQ(manifest["family_error"], 0.1);
  EXPECT_NE(first.out.find("neither their sum nor a claim contradicts it"), std::string::npos) << first.out;
  EXPECT_NE(first.out.find("not seen"), std::string::npos) << "information is nothing to a mean of zero";

  auto const records = parse_csv(bytes_of(one / "calibration.csv"), "calibration.csv");
  ASSERT_GT(records.size(), 6u);
  EXPECT_EQ(records[0].cells[2], "defect");
  EXPECT_EQ(records[1].cells[2], "none");
  EXPECT_EQ(records[1].cells[4], "20");

  EXPECT_EQ(bytes_of(one / "far.csv"), bytes_of(two / "far.csv"));
  auto const far = parse_csv(bytes_of(one / "far.csv"), "far.csv");
  EXPECT_EQ(far.size(), 1u + 5u) << "the second eighth of the cases of smoke";
  EXPECT_NE(first.out.find("5 of 15 findings examined at the level in use"), std::string::npos) << first.out;
}

TEST(CalibrateProgram, RefusesAPartThatThereIsNot) {
  for (std::string const part : {"3", "0/4", "5/4", "x/4"}) {
    auto const outcome = run_program({"calibrate", "--far", "smoke", "--far-part", part});
    EXPECT_EQ(outcome.exit_code, 2) << part;
    EXPECT_NE(outcome.err.find("--far-part"), std::string::npos) << outcome.err;
  }
}

TEST(CalibrateProgram, ExitsWithOneWhenAClaimIsWrongTooOften) {
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "wrong.toml", head + sound + "plant = {score = 0.1}\n");
  auto const outcome = run_program({"calibrate", study, "--runs", "10", "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
  EXPECT_NE(outcome.out.find("these claims contradict it: score-mean"), std::string::npos) << outcome.out;
  EXPECT_EQ(manifest_in(folder / "out")["exit_code"], 1);
}

TEST(CalibrateProgram, StopsBetweenRowsAtTheDeadline) {
  auto const folder = fresh_folder();
  auto const outcome =
      run_program({"calibrate", "--runs", "100000", "--deadline", "0.000001s", "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("deadline"), std::string::npos);
  EXPECT_EQ(manifest_in(folder / "out")["deadline_reached"], true);
  auto const csv = bytes_of(folder / "out" / "calibration.csv");
  EXPECT_EQ(csv, "claim,model,defect,size,runs,verified,refuted,inconclusive,lower,upper\n");
}

TEST(CalibrateProgram, LeavesItsFilesWhenInterrupted) {
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "study.toml", head + sound);
  auto const out = folder / "out";
  auto const outcome =
      run_program({"calibrate", study, "--runs", "1000000", "--out", out.string()}, after_saves(out, 1, SIGINT));
  EXPECT_EQ(outcome.exit_code, 3) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("Interrupted"), std::string::npos);
  EXPECT_TRUE(bytes_of(folder / "out" / "calibration.csv").starts_with("claim,model,defect,"));
  EXPECT_EQ(manifest_in(folder / "out")["exit_code"], 3);
}

TEST(CalibrateProgram, SaysWhatChangedSinceARunCameToItsEnd) {
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "study.toml", head + sound);
  std::vector<std::string> words = {"calibrate", study, "--out", (folder / "out").string(), "--resume", "--runs", "2"};
  ASSERT_EQ(run_program(words).exit_code, 0);
  auto const again = run_program(words);
  EXPECT_NE(again.out.find("came to its end already"), std::string::npos) << again.out;
  words.back() = "3";
  auto const other = run_program(words);
  EXPECT_EQ(other.exit_code, 2) << other.out;
  EXPECT_NE(other.err.find("holds a whole run that was started otherwise (runs 2 then and 3 now)"), std::string::npos)
      << other.err;
}

}  // namespace
}  // namespace fisherlab::test
