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

/// Two parts of the same rows: 2 tilted, 1 by proof, 1 open, 1 unsettled and 1 unexamined each.
TEST(Scripts, OfTheFarTableAddUpItsParts) {
  auto const folder = fresh_folder();
  for (char const* part : {"one", "two"}) {
    std::filesystem::create_directories(folder / part);
    std::filesystem::copy_file(FISHERLAB_TEST_DATA_DIR "/golden/far.csv", folder / part / "far.csv");
  }
  auto const text = folder / "table.md";
  std::string const table = FISHERLAB_SOURCE_DIR "/.ci/far_table.py notes ";
  auto const at = [&](char const* part) { return " " + (folder / part).string(); };
  EXPECT_TRUE(script_succeeds(table + at("one") + at("two") + " > " + text.string()));
  auto const bytes = bytes_of(text);
  EXPECT_NE(bytes.find("| attainment | 2 | 2 |  |  |  |  |  |  | 1.2 | 1.2 (1 to 1.5) |\n"), std::string::npos)
      << bytes;
  EXPECT_NE(bytes.find("| all | 12 | 4 |  | 2 |  | 2 | 2 | 2 | "), std::string::npos) << bytes;
  EXPECT_NE(bytes.find(" 8 of 12 findings have one."), std::string::npos) << bytes;
  EXPECT_FALSE(script_succeeds(table + at("one") + at("three") + " > " + text.string())) << "a part is missing";
  EXPECT_NE(bytes_of(text).find("is not there (a part is missing), run that part first"), std::string::npos);
}

/// A part that is not there is examined, the others are kept, and the page is the same.
TEST(Scripts, OfTheFarTableGoOnWhereTheyWereCut) {
  auto const folder = fresh_folder();
  auto const told = folder / "told.txt";
  auto const command = "OUT=" + (folder / "far").string() +
                       " SAMPLES=20 " FISHERLAB_SOURCE_DIR "/.ci/far " FISHERLAB_PROGRAM " smoke > " + told.string();
  ASSERT_TRUE(script_succeeds(command)) << bytes_of(told);
  auto const page = bytes_of(folder / "far" / "far.md");
  EXPECT_NE(page.find("\n## smoke\n"), std::string::npos);
  EXPECT_NE(page.find("\n| all | 15 | "), std::string::npos) << page;
  std::filesystem::remove_all(folder / "far" / "smoke-3");
  ASSERT_TRUE(script_succeeds(command)) << bytes_of(told);
  EXPECT_EQ(bytes_of(told), "smoke: part 3 of 10\n");
  EXPECT_EQ(bytes_of(folder / "far" / "far.md"), page);
}

}  // namespace
}  // namespace fisherlab::test
