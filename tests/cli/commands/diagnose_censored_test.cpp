#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/rows_without.hpp"

namespace fisherlab::test {
namespace {

Outcome diagnose_life(std::string const& model, std::filesystem::path const& out,
                      std::vector<std::string> const& more) {
  std::vector<std::string> words = {"diagnose",  model,     std::string(FISHERLAB_TEST_DATA_DIR) + "/life.csv",
                                    "--column",  "hours",   "--event",
                                    "failed",    "--quiet", "--out",
                                    out.string()};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words);
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

TEST(DiagnoseCensored, HasAPageWithSurvivalProfilesAndAdvice) {
  auto const folder = fresh_folder();
  auto const outcome =
      diagnose_life("weibull", folder / "run", {"--html", "--replicates", "1024", "--of", "mean,tail(100)"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(has(outcome.out, "Checked, and weibull is not refuted: Cramer-von Mises 0.0192"));
  EXPECT_TRUE(has(outcome.out, "n = 40, 25 observed, 15 right-censored"));
  EXPECT_TRUE(has(outcome.out, "by maximum likelihood, censored observations by their survival function"));
  auto const page = bytes_of(folder / "run" / "report.html");
  EXPECT_LT(page.find("The rule: an interval is recommended"), page.find("Tables")) << "advice on top";
  for (std::string const heading : {"Survival", "Kaplan-Meier", "Profile likelihood of shape",
                                    "Law of the estimate of scale", "Coverage for scale against n"})
    EXPECT_TRUE(has(page, heading)) << heading;
  auto const functions = bytes_of(folder / "run" / "functions.csv");
  for (std::string const interval : {"delta (log scale)", "delta (logit scale)", "calibrated likelihood-ratio"})
    EXPECT_TRUE(has(functions, interval)) << interval;
  EXPECT_TRUE(has(bytes_of(folder / "run" / "goodness.csv"), "Cramer-von Mises"));
}

TEST(DiagnoseCensored, SimulatesWhatTheBudgetAllows) {
  auto const folder = fresh_folder();
  auto const short_of_time = diagnose_life("exponential", folder / "short", {"--budget", "1e-6"});
  ASSERT_EQ(short_of_time.exit_code, 0) << short_of_time.err;
  EXPECT_TRUE(has(short_of_time.out, "--replicates 1024")) << short_of_time.out;
  ASSERT_EQ(diagnose_life("exponential", folder / "same", {"--replicates", "1024"}).exit_code, 0);
  EXPECT_EQ(test::rows_without("calibrated", bytes_of(folder / "short" / "fit.csv")),
            test::rows_without("calibrated", bytes_of(folder / "same" / "fit.csv")));
  EXPECT_TRUE(has(short_of_time.out, "likelihood-ratio interval of rate is left out: it would take some"))
      << short_of_time.out;
  EXPECT_TRUE(has(bytes_of(folder / "same" / "fit.csv"), "calibrated"));
}

TEST(DiagnoseCensored, RanksTheFamiliesThatHaveASurvivalFunction) {
  auto const folder = fresh_folder();
  auto const outcome = diagnose_life("all", folder / "all", {});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(has(outcome.out, "exponential is weibull with shape 1"));
  EXPECT_TRUE(has(outcome.out, "25 observed, 15 right-censored"));
  auto const refused = diagnose_life("weibull,beta", folder / "refused", {});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_TRUE(has(refused.err, "beta has no likelihood for censored data")) << refused.err;
}

TEST(DiagnoseCensored, SaysFirstThatTheDataRefuteTheModel) {
  auto const folder = fresh_folder();
  std::string rows = "t,e\n";
  for (int i = 0; i < 60; ++i)
    rows += std::to_string(50 + i % 13) + "." + std::to_string(i) + (i % 5 == 0 ? ",0\n" : ",1\n");
  auto const lives = file_with(folder, "lives.csv", rows);
  auto const outcome = run_program({"diagnose", "exponential", lives, "--column", "t", "--event", "e", "--quiet",
                                    "--replicates", "1024", "--out", (folder / "run").string()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out.find("THE DATA REFUTE exponential"), 0u) << outcome.out;
  EXPECT_TRUE(has(outcome.out, "by the sandwich formula"));
  EXPECT_FALSE(has(outcome.out, "interval is recommended.")) << outcome.out;
}

}  // namespace
}  // namespace fisherlab::test
