#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

runs::RunSettings more() {
  auto settings = test::small_budget();
  settings.first_replicates = 65'536;
  settings.max_replicates = 524'288;
  return settings;
}

test::Trial of(std::string const& claim, Law const& model, std::string const& formula = {}) {
  test::Trial trial{.claim = claim, .model = model, .sizes = {20, 40, 80, 160, 320}};
  if (!formula.empty()) trial.options = {{"formula", formula}};
  return trial;
}

// n Var/rate^2 = 1 + 4/n + 11/n^2 + ...; for the bias-corrected estimate (n - 1)/sum x the coefficient is 2.
TEST(SecondOrderVariance, IsVerifiedForAnExponentialRate) {
  auto trial = of("second-order-variance", law("exponential", {0.4}));
  test::expect_verified(trial, more());
  auto const m = test::findings_of(trial, more())[0].measurement;
  EXPECT_NEAR(m.estimate, 4, 5 * m.std_error);
  EXPECT_LT(m.std_error, 0.15);
}

TEST(SecondOrderVariance, IsRefutedForTheBiasCorrectedEstimateAndForZero) {
  for (std::string const formula : {"bias-corrected", "zero"})
    test::expect_refuted(of("second-order-variance", law("exponential", {0.4}), formula), more());
}

// Entry by entry, limit and coefficient; 10.780, 11.082 and 11.180 for the gamma law are those of the inverted
// characteristic function of log(mean) - mean(log), the last over its entry 0.903178 of I^-1.
TEST(SecondOrderVariance, GivesEachTermWithItsSign) {
  auto trial = of("second-order-variance", law("gamma", {2.5, 1.3}));
  trial.sizes = {20, 40, 80, 160, 320, 640};
  trial.options = {{"terms", "both"}};
  auto const findings = test::findings_of(trial, more());
  ASSERT_EQ(findings.size(), 6u);
  double const known[] = {1, 10.780, 0.903178, 0.903178 * 11.180, 1, 11.082};
  for (std::size_t k = 0; k < findings.size(); ++k) {
    auto const& m = findings[k].measurement;
    EXPECT_NEAR(findings[k].region.target, known[k], 2e-3) << m.statistic;
    EXPECT_NEAR(m.estimate, known[k], 5 * m.std_error + 2e-3) << m.statistic;
    EXPECT_LT(m.std_error, k % 2 == 0 ? 1e-3 : 0.3) << m.statistic;
  }
  EXPECT_EQ(findings[3].measurement.statistic, "n Cov(shape, rate), coefficient of 1/n, in units of I^-1");
}

TEST(SecondOrderVariance, IsVerifiedForVectors) {
  test::expect_verified(of("second-order-variance", law("logistic", {-5, 0.25})), more());
  test::expect_verified(of("second-order-variance", law("normal", {2, 3})), more());
}

// The first order is given: a wrong one leaves n (n Cov - I^-1) without a limit.
TEST(SecondOrderVariance, IsNeverVerifiedForAWrongInformation) {
  auto trial = of("second-order-variance", law("exponential", {0.4}));
  trial.defect = {.information_factor = 1.01};
  for (auto const& finding : test::findings_of(trial, more()))
    EXPECT_NE(finding.verdict, Verdict::verified) << test::text_of(finding);
}

// n (n bias - b) = rate n/(n - 1), in units of I^-1/2 = rate.
TEST(SecondOrderBias, IsVerifiedForAnExponentialRate) {
  auto trial = of("second-order-bias", law("exponential", {0.4}));
  test::expect_verified(trial, more());
  trial.options = {{"formula", "zero"}};
  test::expect_refuted(trial, more());
  auto const m = test::findings_of(trial, more())[0].measurement;
  EXPECT_NEAR(m.estimate, 1, 5 * m.std_error);
  EXPECT_EQ(m.statistic, "n bias(rate), coefficient of 1/n, in units of I^-1/2");
}

// Where the exact mean is not known, the first order is held to Cox and Snell: 2.068159 and 2.139408 for the gamma law.
TEST(SecondOrderBias, HoldsTheFirstOrderAlone) {
  auto trial = of("second-order-bias", law("gamma", {2.5, 1.3}));
  trial.options = {{"terms", "first"}};
  auto const findings = test::findings_of(trial, more());
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_NEAR(findings[0].region.target, 2.068159, 1e-6);
  EXPECT_NEAR(findings[1].region.target, 2.139408, 1e-6);
  test::expect_verified(trial, more());
}

TEST(SecondOrder, RefusesWhatItCannotExtrapolateOrDoesNotKnow) {
  auto trial = of("second-order-variance", law("gamma", {2.5, 1.3}));
  trial.sizes = {20, 40, 80, 160};
  EXPECT_NE(test::refusal(trial).find("five sample sizes"), std::string::npos);
  EXPECT_NE(test::refusal(of("second-order-bias", law("gamma", {2.5, 1.3}))).find("exact mean"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims
