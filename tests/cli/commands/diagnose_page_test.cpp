#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;

Outcome diagnose(fs::path const& out, std::vector<std::string> const& more) {
  std::vector<std::string> words = {
      "diagnose", "weibull", std::string(FISHERLAB_SHIPPED_DATA_DIR) + "/ball_bearings.csv",
      "--quiet",  "--out",   out.string()};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words);
}

std::size_t count_of(std::string const& text, std::string const& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(DiagnosePage, HasTheAdviceAndAPictureOfEverything) {
  auto const folder = fresh_folder();
  auto const outcome = diagnose(folder / "run", {"--html", "--replicates", "2048"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const page = bytes_of(folder / "run" / "report.html");
  EXPECT_NE(page.find("Weibull (shape and scale) fitted to "), std::string::npos);
  EXPECT_NE(page.find("For shape the "), std::string::npos) << "the advice of the terminal";
  for (std::string const heading : {"Quantiles", "Profile likelihood of shape", "Profile likelihood of scale",
                                    "Law of the estimate of shape", "Coverage for scale against n"})
    EXPECT_NE(page.find(heading), std::string::npos) << heading;
  EXPECT_EQ(page.find("http://"), page.find("http://www.w3.org")) << "it opens offline";
  EXPECT_NE(bytes_of(folder / "run" / "manifest.json").find("report.html"), std::string::npos);
}

TEST(DiagnosePage, IsNotThereUnlessAskedFor) {
  auto const folder = fresh_folder();
  ASSERT_EQ(diagnose(folder / "run", {"--replicates", "1024"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(folder / "run" / "report.html"));
}

/// Next to no time: the least stretch. What is printed gives the same bytes again.
TEST(DiagnoseBudget, SimulatesLessAndSaysHowMuch) {
  auto const folder = fresh_folder();
  auto const short_of_time = diagnose(folder / "short", {"--budget", "1e-6"});
  ASSERT_EQ(short_of_time.exit_code, 0) << short_of_time.err;
  EXPECT_NE(short_of_time.out.find("--replicates 1024"), std::string::npos) << short_of_time.out;
  EXPECT_EQ(count_of(short_of_time.out, "from 1024 samples"), 1u) << short_of_time.out;
  ASSERT_EQ(diagnose(folder / "same", {"--replicates", "1024"}).exit_code, 0);
  EXPECT_EQ(bytes_of(folder / "short" / "fit.csv"), bytes_of(folder / "same" / "fit.csv"));
}

}  // namespace
}  // namespace fisherlab::test
