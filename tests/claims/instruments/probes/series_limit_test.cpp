#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

Finding limit_of(test::Trial const& trial) {
  auto settings = test::small_budget();
  settings.first_replicates = 65'536;
  settings.max_replicates = 65'536;
  Finding result;
  for (auto const& finding : test::findings_of(trial, settings))
    if (finding.measurement.statistic.starts_with("limit of")) result = finding;
  return result;
}

// One direction of concentration k = .145 has I_11 = k A(k) = .0105, and Var H_11 = k^2 Var cos = .0105 about: relative
// to I_11^2 that is 1/I_11 = 95 of one observation, more than 20.
TEST(SeriesLimit, IsOpenWhereTheObservedInformationHasNotSettled) {
  test::Trial trial{.claim = "asymptotic-variance", .model = law("von_mises", {0.7, 0.145})};
  trial.sizes = {20, 40, 80, 160, 320};
  auto const finding = limit_of(trial);
  EXPECT_EQ(finding.verdict, Verdict::inconclusive) << test::text_of(finding);
  EXPECT_TRUE(finding.measurement.reason.find("no expansion in 1/n has begun there; choose sizes from") !=
              std::string::npos)
      << finding.measurement.reason;
  EXPECT_EQ(finding.measurement.reason.find("replicates"), std::string::npos) << "more of them do not help";
}

// Samples of counts that spread no more than Poisson ones have no estimate of the size: dropping them selects.
TEST(SeriesLimit, IsOpenWhereTheFitsThatSucceedAreASelection) {
  test::Trial trial{.claim = "asymptotic-variance", .model = law("negative_binomial", {3, 4})};
  trial.sizes = {20, 40, 80, 160, 320};
  auto const finding = limit_of(trial);
  EXPECT_EQ(finding.verdict, Verdict::inconclusive) << test::text_of(finding);
  EXPECT_GT(finding.measurement.dropped, 0);
  EXPECT_TRUE(finding.measurement.reason.find("% of the fits at n = 20 failed") != std::string::npos)
      << finding.measurement.reason;
}

// Five coordinates have no quadrature and so no controls: the statistic itself asks for the scores.
TEST(SeriesLimit, OfTheScoreStatisticIsFoundWithoutControls) {
  test::Trial trial{.claim = "rao", .model = law("normal_vector", {-0.9, 0, 0.2, 51, -0.1, 773})};
  trial.sizes = {5, 10, 20, 40, 80};
  trial.options = {{"limit-margin", "0.1"}};
  auto const finding = limit_of(trial);
  EXPECT_EQ(finding.verdict, Verdict::verified) << test::text_of(finding);
  EXPECT_NEAR(finding.measurement.estimate, 1, 5 * finding.measurement.std_error);
}

}  // namespace
}  // namespace fisherlab::claims
