#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab::test {
namespace {

bool script_succeeds(std::string const& command) { return std::system((command + " 2>&1").c_str()) == 0; }

/// Runs a script of examples/ on a folder of its own, and looks for what it makes.
void expect_study(std::string const& interpreter, std::string const& script, bool has_plots) {
  auto const folder = fresh_folder() / "study";
  auto const text = folder.string() + ".txt";
  EXPECT_TRUE(script_succeeds(interpreter + " " FISHERLAB_SOURCE_DIR "/examples/" + script + " " FISHERLAB_PROGRAM " " +
                              folder.string() + " > " + text));
  EXPECT_TRUE(std::filesystem::exists(folder / "estimates.csv"));
  EXPECT_EQ(std::filesystem::exists(folder / "gamma.pdf"), has_plots);
  EXPECT_NE(bytes_of(std::filesystem::path(text)).find("moments"), std::string::npos);
}

TEST(Scripts, OfPythonDrivesReadsAndDraws) {
  std::string const python = "/usr/bin/python3";
  if (!script_succeeds(python + " -c 'import pandas' > /dev/null")) GTEST_SKIP() << "pandas is not installed";
  expect_study(python, "python/study.py", script_succeeds(python + " -c 'import matplotlib' > /dev/null"));
}

TEST(Scripts, OfRDrivesReadsAndDraws) {
  if (!script_succeeds("Rscript -e 1 > /dev/null")) GTEST_SKIP() << "R is not installed";
  expect_study("Rscript", "r/study.R", true);
}

}  // namespace
}  // namespace fisherlab::test
