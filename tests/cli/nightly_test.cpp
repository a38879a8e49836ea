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

}  // namespace
}  // namespace fisherlab::test
