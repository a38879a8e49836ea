#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

/// A case that 4,096 replicates decide; `what` is added to it.
std::string study_with(std::string const& what) {
  return "replicates = 4096\nmax_replicates = 4096\n[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\n"
         "theta = {rate = 0.4}\nn = 10\noptions = {margin = 0.05}\n" +
         what;
}

/// Exit code of one night of .ci/nightly.
int night(std::filesystem::path const& out, std::string const& date, std::string const& study,
          std::string const& calibration) {
  auto const command = "OUT='" + out.string() + "' NIGHT=" + date + " STUDY='" + study + "' CALIBRATION='" +
                       calibration +
                       "' RUNS=5 FISHERLAB='" FISHERLAB_PROGRAM "' '" FISHERLAB_SOURCE_DIR "/.ci/nightly' >'" +
                       out.string() + ".log' 2>&1";
  return WEXITSTATUS(std::system(command.c_str()));
}

TEST(Nightly, KeepsReportsHistoryAndExitCodes) {
  auto const folder = fresh_folder();
  auto const good = file_with(folder, "good.toml", study_with(""));
  auto const bad = file_with(folder, "bad.toml", study_with("plant = {score = 0.2}\n"));
  auto const open = file_with(folder, "open.toml",
                              study_with("[[case]]\nclaim = \"score-mean\"\nmodel = \"poisson\"\n"
                                         "theta = {mean = 2}\nn = 10\noptions = {margin = 1e-4}\n"));
  auto const out = folder / "out";
  EXPECT_EQ(night(out, "2026-01-01", good, good), 0) << bytes_of(out.string() + ".log");
  EXPECT_EQ(night(out, "2026-01-02", good, good), 0);
  EXPECT_EQ(night(out, "2026-01-03", open, good), 4) << "an open finding";
  EXPECT_EQ(night(out, "2026-01-04", bad, good), 1) << "a finding that contradicts";
  EXPECT_EQ(night(out, "2026-01-05", good, bad), 1) << "a calibration that contradicts";
  EXPECT_EQ(night(out, "2026-01-06", open, bad), 1) << "the worse of two";
  EXPECT_EQ(night(out, "2026-01-07", "no-such-study", good), 2);
  EXPECT_FALSE(std::filesystem::exists(out / "nightly-2026-01-07"));

  for (std::string const name : {"findings.csv", "report.html", "junit.xml", "history.txt", "manifest.json"})
    EXPECT_GT(bytes_of(out / "nightly-2026-01-04" / name).size(), 100u) << name;
  EXPECT_GT(bytes_of(out / "nightly-2026-01-04" / "calibration" / "calibration.csv").size(), 100u);
  EXPECT_NE(bytes_of(out / "nightly-2026-01-04" / "manifest.json").find("20260104"), std::string::npos) << "the seed";
  EXPECT_NE(bytes_of(out / "nightly-2026-01-03" / "calibration" / "manifest.json").find("--far-part 7/10"),
            std::string::npos)
      << "a tenth each night";
  EXPECT_FALSE(std::filesystem::exists(out / "nightly-2026-01-01" / "compare.txt")) << "there is no night before";
  EXPECT_NE(bytes_of(out / "nightly-2026-01-02" / "compare.txt").find("20260101 -> 20260102"), std::string::npos);
  EXPECT_NE(bytes_of(out / "nightly-2026-01-05" / "history.txt").find("good.toml: 3 runs"), std::string::npos);
}

/// A week in which a night is cut by a signal, one is killed, and the others go on.
TEST(Nightly, PassesSignalsOnAndResumesANightThatWasCut) {
  auto const folder = fresh_folder();
  auto const good = file_with(folder, "good.toml", study_with(""));
  auto const slow =
      file_with(folder, "slow.toml",
                "replicates = 4e6\nmax_replicates = 4e6\n[[case]]\nclaim = \"score-mean\"\nmodel = \"gamma\"\n"
                "theta = {shape = 2.5, rate = 1.3}\nn = 200\noptions = {margin = 0.05}\n");
  auto const out = folder / "out";
  auto const whole = folder / "whole";
  ASSERT_EQ(night(whole, "2026-02-02", slow, good), 0) << bytes_of(whole.string() + ".log");
  EXPECT_EQ(night(out, "2026-02-01", good, good), 0);

  auto const cut = [&](std::string const& signal) {
    auto const command =
        "OUT='" + out.string() + "' NIGHT=2026-02-02 STUDY='" + slow + "' CALIBRATION='" + good +
        "' RUNS=5 FISHERLAB='" FISHERLAB_PROGRAM "' '" FISHERLAB_SOURCE_DIR "/.ci/nightly' >'" + out.string() +
        ".log' 2>&1 & night=$!; for k in $(seq 500); do [ -e '" + out.string() +
        "/nightly-2026-02-02/checkpoint.bin' ] && break; sleep 0.01; done; " + signal +
        "; wait $night; code=$?; pgrep -f -- '--out [^ ]*nightly-2026-02-02$' >/dev/null && code=99; exit $code";
    return WEXITSTATUS(std::system(command.c_str()));
  };
  EXPECT_EQ(cut("kill -TERM $night"), 3) << bytes_of(out.string() + ".log");
  auto const cut_night = out / "nightly-2026-02-02";
  EXPECT_NE(bytes_of(cut_night / "manifest.json").find("\"interrupted\""), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(cut_night / "junit.xml"));

  EXPECT_EQ(night(out, "2026-02-03", good, good), 0) << "the night after a cut one";
  EXPECT_NE(bytes_of(out / "nightly-2026-02-03" / "compare.txt").find("20260201 -> 20260203"), std::string::npos);

  EXPECT_EQ(night(out, "2026-02-02", slow, good), 0) << bytes_of(out.string() + ".log");
  EXPECT_EQ(bytes_of(cut_night / "findings.csv"), bytes_of(whole / "nightly-2026-02-02" / "findings.csv"));
  EXPECT_TRUE(std::filesystem::exists(cut_night / "junit.xml"));
}

/// A night that is told to end while it calibrates goes on there, and does not repeat the study.
TEST(Nightly, GoesOnWhereItsCalibrationWasCut) {
  auto const folder = fresh_folder();
  auto const good = file_with(folder, "good.toml", study_with(""));
  auto const slow = file_with(folder, "slow.toml",
                              study_with("[[case]]\nclaim = \"score-mean\"\nmodel = \"gamma\"\n"
                                         "theta = {shape = 2.5, rate = 1.3}\nn = 200\n"
                                         "options = {margin = 0.05}\n"));
  auto const out = folder / "out", log = folder / "log";
  auto const start = "OUT='" + out.string() + "' NIGHT=2026-03-01 STUDY='" + good + "' CALIBRATION='" + slow +
                     "' RUNS=100 FISHERLAB='" FISHERLAB_PROGRAM "' '" FISHERLAB_SOURCE_DIR "/.ci/nightly' >'" +
                     log.string() + "' 2>&1";
  auto const state = (out / "nightly-2026-03-01/calibration/checkpoint.bin").string();
  auto const cut = start + " & night=$!; for k in $(seq 3000); do [ -e '" + state +
                   "' ] && break; sleep 0.01; done; kill -TERM $night; wait $night";
  ASSERT_EQ(WEXITSTATUS(std::system(cut.c_str())), 3) << bytes_of(log);
  ASSERT_TRUE(std::filesystem::exists(state));
  auto const began = std::filesystem::last_write_time(out / "nightly-2026-03-01/findings.csv");
  EXPECT_EQ(WEXITSTATUS(std::system(start.c_str())), 0) << bytes_of(log);
  EXPECT_NE(bytes_of(log).find("came to its end already"), std::string::npos) << bytes_of(log);
  EXPECT_EQ(std::filesystem::last_write_time(out / "nightly-2026-03-01/findings.csv"), began);
  EXPECT_FALSE(std::filesystem::exists(state));
}

}  // namespace
}  // namespace fisherlab::test
