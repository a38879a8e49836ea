#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "runs/run.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

TEST(ThirdBartlett, HoldsForLawsOfEveryKind) {
  for (auto const& each : {law("exponential", {1e-5}), law("gamma", {0.7, 4}), law("weibull", {12, 0.02}),
                           law("poisson", {400}), law("cauchy", {2, 3}), law("negative_binomial", {20, 0.8})})
    test::expect_verified({.claim = "third-bartlett", .model = each, .sizes = {1}});
}

// Exponential rate in units of 1/rate: l''' = 2, E l'' l' = 0, E l'^3 = -2. Poisson mean 1: 1/sqrt(m) times (2, -1, 1).
TEST(ThirdBartlett, IsRefutedWithTwoForThree) {
  test::Trial const trial{
      .claim = "third-bartlett", .model = law("poisson", {4}), .sizes = {1}, .options = {{"factor", "2"}}};
  test::expect_refuted(trial);
  EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, 0.5, 1e-7);
}

TEST(LocalNormality, HoldsAndIsRefutedWithoutItsQuadraticTerm) {
  test::Trial trial{.claim = "local-normality",
                    .model = law("gamma", {2.5, 1.3}),
                    .sizes = {20, 40, 80, 160, 320},
                    .options = {{"margin", "0.02"}}};
  test::expect_verified(trial);
  trial.options["factor"] = "0";
  test::expect_refuted(trial);
}

// At theta the ratio has the law N(-1/2, 1) in the limit, at the neighbour N(1/2, 1): without the half each is off by
// 2 Phi(1/4) - 1 = 0.197.
TEST(LocalNormality, IsALawOnBothSides) {
  for (std::string const form : {"law", "law-there"}) {
    test::Trial trial{.claim = "local-normality",
                      .model = law("gamma", {2.5, 1.3}),
                      .sizes = {20, 40, 80, 160, 320},
                      .options = {{"margin", "0.05"}, {"rate", "none"}, {"form", form}}};
    test::expect_verified(trial);
    trial.options["factor"] = "0";
    test::expect_refuted(trial);
    EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, 0.197, 0.02) << form;
  }
}

TEST(LocalPower, IsThatOfANoncentralLaw) {
  test::Trial trial{
      .claim = "local-power", .model = law("normal_mean", {2, 3}), .sizes = {20}, .options = {{"test", "rao"}}};
  test::expect_verified(trial);
  // Of N(2, 1): P(|Z + 2| > 1.96).
  auto const finding = test::findings_of(trial)[0];
  double const upper = 0.5 * std::erfc((1.959963984540054 - 2) / std::sqrt(2)),
               lower = 0.5 * std::erfc(3.959963984540054 / std::sqrt(2));
  EXPECT_NEAR(finding.region.target, upper + lower, 1e-10);
  trial.options["factor"] = "2";
  test::expect_refuted(trial);
  for (std::string const each : {"wilks", "rao", "wald"})
    test::expect_verified(
        {.claim = "local-power", .model = law("gamma", {2.5, 1.3}), .sizes = {400}, .options = {{"test", each}}});
}

TEST(Contiguity, HoldsWhereNothingIsLost) {
  test::Trial trial{
      .claim = "contiguity", .model = law("gamma", {2.5, 1.3}), .sizes = {20}, .options = {{"margin", "0.05"}}};
  test::expect_verified(trial);
  trial.model = law("poisson", {9.3});
  test::expect_verified(trial);
}

TEST(Contiguity, FailsWhereTheSupportMoves) {
  test::Trial trial{.claim = "contiguity",
                    .model = law("shifted_exponential", {2, 1.5}),
                    .sizes = {20},
                    .options = {{"length", "-1"}}};
  test::expect_refuted(trial);
}

// Uniform(0, theta) against theta + h/n: a sample has its maximum above theta with the probability 1 - (1 + 1/2/n)^-n.
TEST(Contiguity, FailsForTheUniformLaw) {
  test::Trial trial{
      .claim = "contiguity", .model = law("uniform", {3}), .sizes = {20}, .options = {{"measure", "lost"}}};
  test::expect_refuted(trial);
  EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, 1 - std::pow(1.025, -20), 0.03);
  trial.model = law("gamma", {2.5, 1.3});
  test::expect_verified(trial);
  EXPECT_EQ(test::findings_of(trial)[0].measurement.estimate, 0);
}

test::Trial corrected(std::string const& statistic, std::string const& rate,
                      Law const& law_of = law("exponential", {0.4})) {
  return {.claim = "corrected-likelihood",
          .model = law_of,
          .sizes = {10, 20, 40, 80, 160},
          .options = {{"statistic", statistic}, {"rate", rate}}};
}

TEST(CorrectedLikelihood, HasItsRates) {
  test::expect_verified(corrected("bartlett", "2"));
  test::expect_verified(corrected("ratio", "1"));
  test::expect_verified(corrected("r-star", "1.5"));
  test::expect_verified(corrected("r", "0.5"));
  test::expect_refuted(corrected("ratio", "2"));
  test::expect_refuted(corrected("r", "1.5"));
}

// P(2 log LR <= z^2) = P(a <= G <= b), G ~ Gamma(n, 1), where g - n - n log(g/n) is the same at a and b; by the
// trapezium rule over the density, n = 10.
TEST(CorrectedLikelihood, HasTheErrorsOfTheGammaLaw) {
  auto const result = runs::run({test::question_of(corrected("ratio", "1"), {})}, test::small_budget(), {});
  ASSERT_EQ(result.convergence.size(), 5u);
  double const n = 10, z = 1.959963984540054;
  double inside = 0, all = 0;
  for (double g = 5e-5; g < 60; g += 1e-4) {
    double const density = std::exp((n - 1) * std::log(g) - g - std::lgamma(n)) * 1e-4;
    all += density;
    if (2 * (g - n - n * std::log(g / n)) <= z * z) inside += density;
  }
  EXPECT_NEAR(all, 1, 1e-9);
  EXPECT_NEAR(result.convergence[0].discrepancy, std::fabs(inside - 0.95), 2e-5);
}

// A law that is symmetric has no term of the order 1/sqrt n.
TEST(CorrectedLikelihood, HasItsRatesWithANuisanceParameter) {
  auto const normal = law("normal", {2, 3});
  test::expect_verified(corrected("bartlett", "2", normal));
  test::expect_verified(corrected("ratio", "1", normal));
  test::expect_verified(corrected("r-star", "2", normal));
  test::expect_verified(corrected("r", "1", normal));
  test::expect_refuted(corrected("ratio", "2", normal));
  test::expect_refuted(corrected("r", "1.5", normal));
}

// By scipy's t and brentq: P(|t_9| <= 3 sqrt(exp(z^2/10) - 1)) - 0.95 at n = 10, and the error of r* there.
TEST(CorrectedLikelihood, HasTheErrorsOfStudentsLaw) {
  auto const at_ten = [](std::string const& statistic, std::string const& rate) {
    auto const question = test::question_of(corrected(statistic, rate, law("normal", {2, 3})), {});
    return runs::run({question}, test::small_budget(), {}).convergence.at(0).discrepancy;
  };
  EXPECT_NEAR(at_ten("ratio", "1"), 0.0202599763, 1e-9);
  EXPECT_NEAR(at_ten("bartlett", "2"), 0.00219458064, 1e-9);
  EXPECT_NEAR(at_ten("r-star", "2"), 0.000271638861, 1e-9);
}

TEST(CorrectedLikelihood, KnowsTwoLawsAlone) {
  auto trial = corrected("r", "0.5");
  trial.model = law("poisson", {3});
  EXPECT_NE(test::refusal(trial).find("choose the model exponential or normal"), std::string::npos);
  trial = corrected("r", "0.5");
  trial.sizes = {10, 20};
  EXPECT_NE(test::refusal(trial).find("three sample sizes"), std::string::npos);
}

TEST(ConditionalVariance, IsToldByTheObservedInformation) {
  test::Trial trial{.claim = "conditional-variance", .model = law("cauchy", {2, 3}), .sizes = {80}};
  test::expect_verified(trial);
  trial.options["information"] = "expected";
  test::expect_refuted(trial);
  trial.options = {{"form", "together"}, {"margin", "0.15"}};
  test::expect_verified(trial);
  trial.defect.shift = 0.1;
  test::expect_refuted(trial);
  trial.model = law("gamma", {2, 3});
  EXPECT_NE(test::refusal(trial).find("choose cauchy"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims
