// What fits report of themselves: reported-std-errors, failed-fits, same-estimate.
#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Of the exponential rate t = n/sum: E se^2 = E t^2/n and E t^2 = n^2 r^2/((n - 1)(n - 2)), Var t =
// n^2 r^2/((n - 1)^2 (n - 2)), so the ratio is ((n - 1)/n)^1/2 at every n.
TEST(ReportedStdErrors, AreWhatTheyShouldBeForTheExponentialRate) {
  auto const findings = test::findings_of({.claim = "reported-std-errors",
                                           .model = law("exponential", {0.4}),
                                           .sizes = {25},
                                           .options = {{"margin", "0.05"}}});
  ASSERT_EQ(findings.size(), 1u);
  auto const& m = findings[0].measurement;
  double const exact = 1 - std::sqrt(24.0 / 25.0);
  EXPECT_LT(m.lower, exact);
  EXPECT_GT(m.upper, exact);
  EXPECT_LT(m.upper - m.lower, 0.05);
}

TEST(ReportedStdErrors, AreRefutedWhereTheInformationIsWrong) {
  test::Trial trial{.claim = "reported-std-errors", .model = law("normal", {3, 2}), .sizes = {200}};
  test::expect_verified(trial);
  trial.defect.information_factor = 1.1;
  test::expect_refuted(trial);
  EXPECT_NE(
      test::refusal(
          {.claim = "reported-std-errors", .model = law("gamma", {2.5, 1.3}), .sizes = {40}, .estimator = "moments"})
          .find("reports no standard errors"),
      std::string::npos);
}

TEST(FailedFits, AreCounted) {
  test::expect_verified({.claim = "failed-fits", .model = law("weibull", {1.7, 3}), .sizes = {10}});
  test::expect_refuted({.claim = "failed-fits", .model = law("negative_binomial", {3, 4}), .sizes = {10}});
}

TEST(SameEstimate, HoldsForTheMaximumAndNotNearIt) {
  test::expect_verified(
      {.claim = "same-estimate", .model = law("normal", {3, 2}), .sizes = {20}, .estimator = "moments"});
  test::expect_refuted(
      {.claim = "same-estimate", .model = law("gamma", {2.5, 1.3}), .sizes = {20}, .estimator = "one_step"});
  test::expect_refuted(
      {.claim = "same-estimate", .model = law("gamma", {2.5, 1.3}), .sizes = {20}, .estimator = "moments"});
}

TEST(Coverage, OfAnotherEstimatorIsThatOfItsWaldInterval) {
  EXPECT_NE(
      test::refusal({.claim = "coverage", .model = law("gamma", {2.5, 1.3}), .sizes = {40}, .estimator = "moments"})
          .find("has no interval"),
      std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims
