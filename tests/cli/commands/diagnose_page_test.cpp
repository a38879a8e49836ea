#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/rows_without.hpp"

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
  EXPECT_EQ(count_of(page, "<figure"), count_of(page, "<a href=\"points.csv#row=")) << "each picture has its data";
  auto const points = bytes_of(folder / "run" / "points.csv");
  auto const last = points.find_last_of('\n', points.size() - 2) + 1;
  EXPECT_EQ(points.substr(last).find("Coverage for scale against n,"), 0u) << points.substr(last);
  EXPECT_NE(page.find("-" + std::to_string(count_of(points, "\n")) + "\">Data: points.csv"), std::string::npos)
      << "the last picture ends with the last row";
  EXPECT_NE(bytes_of(folder / "run" / "manifest.json").find("report.html"), std::string::npos);
}

TEST(DiagnosePage, IsNotReplacedByOneWithoutItsPictures) {
  auto const folder = fresh_folder();
  auto const run = (folder / "run").string();
  ASSERT_EQ(diagnose(run, {"--html", "--replicates", "1024"}).exit_code, 0);
  auto const page = bytes_of(folder / "run" / "report.html");
  EXPECT_EQ(run_program({"report", run}).exit_code, 0) << "the tables";
  EXPECT_EQ(bytes_of(folder / "run" / "report.html"), page);
  auto const refused = run_program({"report", run, "--format", "html"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("pictures diagnose alone can draw"), std::string::npos) << refused.err;
  EXPECT_EQ(bytes_of(folder / "run" / "report.html"), page);
  EXPECT_EQ(run_program({"report", run, "--format", "html", "--out", (folder / "other").string()}).exit_code, 0);
}

TEST(DiagnosePage, IsNotThereUnlessAskedFor) {
  auto const folder = fresh_folder();
  ASSERT_EQ(diagnose(folder / "run", {"--replicates", "1024"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(folder / "run" / "report.html"));
  EXPECT_FALSE(fs::exists(folder / "run" / "points.csv"));
}

/// Next to no time: the least stretch. What is printed gives the same bytes again.
TEST(DiagnoseBudget, SimulatesLessAndSaysHowMuch) {
  auto const folder = fresh_folder();
  auto const short_of_time = diagnose(folder / "short", {"--budget", "1e-6"});
  ASSERT_EQ(short_of_time.exit_code, 0) << short_of_time.err;
  EXPECT_NE(short_of_time.out.find("--replicates 1024"), std::string::npos) << short_of_time.out;
  EXPECT_EQ(count_of(short_of_time.out, "from 1024 samples"), 1u) << short_of_time.out;
  ASSERT_EQ(diagnose(folder / "same", {"--replicates", "1024"}).exit_code, 0);
  EXPECT_EQ(test::rows_without("calibrated", bytes_of(folder / "short" / "fit.csv")),
            test::rows_without("calibrated", bytes_of(folder / "same" / "fit.csv")));
  EXPECT_NE(short_of_time.out.find("interval of shape, scale is left out: it would take some"), std::string::npos);
}

Outcome diagnose_looms(fs::path const& out, std::vector<std::string> const& more) {
  std::vector<std::string> words = {"diagnose",
                                    "negative_binomial_regression",
                                    std::string(FISHERLAB_SHIPPED_DATA_DIR) + "/looms.csv",
                                    "--formula",
                                    "breaks ~ wool * tension",
                                    "--quiet",
                                    "--out",
                                    out.string()};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words);
}

TEST(DiagnosePage, OfARegressionHasResidualsCoefficientsAndAdvice) {
  auto const folder = fresh_folder();
  auto const outcome = diagnose_looms(folder / "run", {"--html", "--replicates", "1024"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const page = bytes_of(folder / "run" / "report.html");
  EXPECT_LT(page.find("The rule: an interval is recommended"), page.find("Tables")) << "advice on top";
  EXPECT_NE(bytes_of(folder / "run" / "points.csv").find("\nResiduals against fitted values,rows,23,"),
            std::string::npos)
      << "the number of the row stands beside each residual";
  for (std::string const heading :
       {"Residuals against fitted values", "Quantiles of the residuals", "Coefficients", "Coverage of HC3"})
    EXPECT_NE(page.find(heading), std::string::npos) << heading;
  EXPECT_NE(page.find("of 54 points lie outside the band"), std::string::npos);
}

TEST(DiagnoseBudget, CutsARegressionShortToo) {
  auto const folder = fresh_folder();
  auto const short_of_time = diagnose_looms(folder / "short", {"--budget", "1e-6"});
  ASSERT_EQ(short_of_time.exit_code, 0) << short_of_time.err;
  EXPECT_NE(short_of_time.out.find("--replicates 1024 gives the same again"), std::string::npos) << short_of_time.out;
  ASSERT_EQ(diagnose_looms(folder / "same", {"--replicates", "1024"}).exit_code, 0);
  for (std::string const name : {"fit.csv", "goodness.csv", "advice.json"})
    EXPECT_EQ(bytes_of(folder / "short" / name), bytes_of(folder / "same" / name)) << name;
}

nlohmann::json advice_in(fs::path const& folder) { return nlohmann::json::parse(bytes_of(folder / "advice.json")); }

/// The interval that is recommended is one of those listed, with the coverage that the rule asks for.
void expect_reasons(nlohmann::json const& advice) {
  ASSERT_FALSE(advice["parameters"].empty());
  for (auto const& p : advice["parameters"]) {
    int recommended = 0;
    for (auto const& interval : p["intervals"]) {
      if (!interval["recommended"].get<bool>()) continue;
      ++recommended;
      EXPECT_EQ(interval["interval"], p["recommended"]);
      EXPECT_GE(interval["misses_over_declared"], 0.8);
      EXPECT_LE(interval["misses_over_declared"], 1.25);
    }
    EXPECT_EQ(recommended, p["recommended"].is_null() ? 0 : 1);
    EXPECT_TRUE(!p["recommended"].is_null() || p["reason"].is_string());
  }
}

TEST(DiagnoseAdvice, IsThereForPrograms) {
  auto const folder = fresh_folder();
  ASSERT_EQ(diagnose(folder / "one", {"--replicates", "4096"}).exit_code, 0);
  auto const one = advice_in(folder / "one");
  expect_reasons(one);
  EXPECT_EQ(one["parameters"].size(), 2u);
  EXPECT_EQ(one["level"], 0.95);
  EXPECT_FALSE(one["refuted"].get<bool>());
  EXPECT_TRUE(one["rule"].get<std::string>().starts_with("The rule: "));
  ASSERT_EQ(diagnose_looms(folder / "regression", {"--replicates", "1024"}).exit_code, 0);
  auto const regression = advice_in(folder / "regression");
  EXPECT_EQ(regression["parameters"].size(), 6u);
  EXPECT_EQ(regression["parameters"][1]["intervals"].size(), 6u);
  auto const life = std::string(FISHERLAB_TEST_DATA_DIR) + "/life.csv";
  ASSERT_EQ(run_program({"diagnose", "weibull", life, "--column", "hours", "--event", "failed", "--replicates", "1024",
                         "--quiet", "--out", (folder / "censored").string()})
                .exit_code,
            0);
  EXPECT_EQ(advice_in(folder / "censored")["parameters"].size(), 2u);
  EXPECT_TRUE(fs::exists(folder / "censored" / "advice.csv"));
  auto const bearings = std::string(FISHERLAB_SHIPPED_DATA_DIR) + "/ball_bearings.csv";
  ASSERT_EQ(run_program({"diagnose", "gamma,weibull", bearings, "--quiet", "--out", (folder / "families").string()})
                .exit_code,
            0);
  auto const families = advice_in(folder / "families");
  EXPECT_EQ(families["models"].size(), 2u);
  EXPECT_EQ(families["models"][0]["model"], "gamma") << "the least AIC first";
}

}  // namespace
}  // namespace fisherlab::test
