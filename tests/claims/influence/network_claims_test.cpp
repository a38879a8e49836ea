#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/catalogue.hpp"
#include "runs/run.hpp"
#include "tests/support/influence_tables.hpp"

namespace fisherlab::claims {
namespace {

std::vector<std::string> const ids = {"influence-depth", "influence-weight-decay", "influence-test-point"};

DataCase small_case(Expectation expected = Expectation::report) {
  DataCase the_case;
  the_case.name = "iris";
  the_case.data = std::make_shared<estimators::influence::Data const>(test::standardised_iris());
  the_case.problem = "mlp";
  the_case.l2 = 0.016;
  the_case.expected = expected;
  the_case.options = {
      {"splits", "3"}, {"depths", "1, 2"}, {"penalties", "0.016,0.05"}, {"points", "8"}, {"width", "3"}};
  return the_case;
}

/// All three claims put together on a case.
std::vector<Question> together(DataCase the_case) {
  the_case.together = std::make_shared<Together>(Together{ids, nullptr});
  std::vector<Question> questions;
  for (auto const& id : ids) questions.push_back(ask(*find_claim(id), the_case));
  return questions;
}

runs::RunResult answered(DataCase const& the_case, int threads = 1) {
  runs::RunSettings settings;
  settings.seed = 5;
  settings.threads = threads;
  return run(together(the_case), settings, {});
}

TEST(NetworkClaims, ShowTheirFindingsAndDecideNoExitCode) {
  auto const result = answered(small_case());
  ASSERT_EQ(result.findings.size(), 6U);
  EXPECT_TRUE(result.notes.empty());
  for (auto const& finding : result.findings) {
    EXPECT_EQ(finding.outcome, Outcome::report) << finding.measurement.statistic;
    EXPECT_EQ(finding.measurement.dropped, 0);
    EXPECT_EQ(finding.n, "99");
  }
  auto const& floor = result.findings[1].measurement;
  EXPECT_LT(floor.estimate, 1e-8);
  EXPECT_EQ(floor.replicates, 3 * 2 * 2 * 4);  // networks x (nothing removed and three rows)
  EXPECT_EQ(result.convergence.size(), 2U + 4U);
  EXPECT_EQ(result.influence.size(), 2U * 8U);
  for (auto const& row : result.convergence) EXPECT_LT(row.discrepancy, 0.3) << row.statistic << row.n;
}

TEST(NetworkClaims, GiveTheLevelsOfHolm) {
  auto const result = answered(small_case());
  // Three splits have eight sign patterns, so no p-value is below 1/4: the first step stops.
  for (std::size_t const k : {0U, 3U, 5U}) {
    EXPECT_DOUBLE_EQ(result.findings[k].level, 1 - 0.05 / 3);
    EXPECT_EQ(result.findings[k].verdict, Verdict::inconclusive);
  }
}

TEST(NetworkClaims, AreTheSameForAnyNumberOfThreads) {
  auto const one = answered(small_case(), 1);
  auto const two = answered(small_case(), 2);
  ASSERT_EQ(one.findings.size(), two.findings.size());
  for (std::size_t k = 0; k < one.findings.size(); ++k)
    EXPECT_EQ(one.findings[k].measurement.estimate, two.findings[k].measurement.estimate);
}

TEST(NetworkClaims, RefuteShuffledEffectsThatAreClaimedToCorrelate) {
  auto the_case = small_case(Expectation::refuted);
  the_case.options["plant"] = "shuffled";
  auto const result = answered(the_case);
  ASSERT_EQ(result.findings.size(), 3U);
  for (auto const& finding : result.findings) {
    EXPECT_EQ(finding.verdict, Verdict::refuted) << finding.claim;
    EXPECT_EQ(finding.outcome, Outcome::pass);
  }
}

TEST(NetworkClaims, RefuseAnExpectationAndCasesThatDoNotFit) {
  EXPECT_THROW(together(small_case(Expectation::verified)), InputError);
  EXPECT_THROW(together(small_case(Expectation::refuted)), InputError);  // without a plant
  auto const refuses = [](std::string const& option, std::string const& value) {
    auto the_case = small_case();
    the_case.options[option] = value;
    EXPECT_THROW(together(the_case), InputError) << option << " = " << value;
  };
  refuses("depths", "2");
  refuses("depths", "1,,2");
  refuses("depths", "1.5,2");
  refuses("penalties", "0.016");
  refuses("penalties", "-1,2");
  refuses("points", "7");
  refuses("splits", "1");
  refuses("family-error", "1");
  auto logistic = small_case();
  logistic.problem = "softmax";
  EXPECT_THROW(together(logistic), InputError);
  auto rows = small_case();
  rows.rows = 50;
  EXPECT_THROW(together(rows), InputError);
  auto free = small_case();
  free.l2 = 0;
  EXPECT_THROW(together(free), InputError);
}

}  // namespace
}  // namespace fisherlab::claims
