#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "runs/run.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

constexpr char const* divergences[] = {"kullback-leibler", "hellinger-distance", "chi-squared-divergence"};

TEST(Divergences, AreTheInformationToSecondOrderForLawsOfEveryKind) {
  for (auto const* const claim : divergences) {
    test::expect_verified({.claim = claim, .model = law("exponential", {1e-5}), .sizes = {1}});
    test::expect_verified({.claim = claim, .model = law("normal", {1e4, 0.01}), .sizes = {1}});
    test::expect_verified({.claim = claim, .model = law("gamma", {40, 0.01}), .sizes = {1}});
    test::expect_verified({.claim = claim, .model = law("cauchy", {1000, 0.05}), .sizes = {1}});
    test::expect_verified({.claim = claim, .model = law("poisson", {400}), .sizes = {1}});
    test::expect_verified({.claim = claim, .model = law("multivariate_normal", {2, -5, 3, -1.2, 0.7}), .sizes = {1}});
  }
}

// KL(rate, rate + h) = u - log(1 + u), u = h/rate = -+e; the remainder is largest on the side of smaller rates.
TEST(Divergences, HaveTheRemaindersOfTheExponentialLaw) {
  auto const result = runs::run(
      {test::question_of({.claim = "kullback-leibler", .model = law("exponential", {0.4}), .sizes = {1}}, {})},
      test::small_budget(), {});
  ASSERT_EQ(result.convergence.size(), 5u);
  for (auto const& row : result.convergence) {
    double const u = -1 / static_cast<double>(row.n);
    EXPECT_NEAR(row.discrepancy, 2 * (u - std::log1p(u)) / (u * u) - 1, 1e-7) << row.n;
  }
  ASSERT_EQ(result.findings.size(), 2u);
  EXPECT_NEAR(result.findings[1].measurement.estimate, 1, 0.15);  // steps of a quarter take part
  EXPECT_EQ(result.findings[0].level, 1);
  EXPECT_EQ(result.replicates, 0);
}

TEST(Divergences, ChiSquaredOfAnExponentialLawHasItsClosedForm) {
  auto const result = runs::run(
      {test::question_of({.claim = "chi-squared-divergence", .model = law("exponential", {7}), .sizes = {1}}, {})},
      test::small_budget(), {});
  // E (q/p)^2 = (1 + u)^2/(1 + 2 u); over u^2 less 1: -2 u/(1 + 2 u), largest for u = -e.
  for (auto const& row : result.convergence) {
    double const u = -1 / static_cast<double>(row.n);
    EXPECT_NEAR(row.discrepancy, -2 * u / (1 + 2 * u), 1e-6) << row.n;
  }
}

TEST(Divergences, AreRefutedForAnotherConstantAndForInformationPlantedOff) {
  for (auto const* const claim : divergences) {
    test::Trial trial{.claim = claim, .model = law("gamma", {2.5, 1.3}), .sizes = {1}, .options = {{"rate", "none"}}};
    trial.defect.information_factor = 1.0001;
    test::expect_refuted(trial);
    trial.defect = {};
    trial.options["constant"] = "3";
    test::expect_refuted(trial);
  }
}

TEST(Divergences, HellingerOfTheUniformIsOfFirstOrder) {
  test::Trial const trial{.claim = "hellinger-distance", .model = law("uniform", {3}), .sizes = {1}};
  test::expect_refuted(trial);
  EXPECT_NEAR(test::findings_of(trial)[1].measurement.estimate, -1, 0.1);  // 4 H^2/h^2 grows as 1/|h|
}

TEST(Divergences, SayWhereTheyAreInfinite) {
  auto const refusal = [](std::string const& claim, Law const& model) {
    auto const result =
        runs::run({test::question_of({.claim = claim, .model = model, .sizes = {1}}, Expectation::report)},
                  test::small_budget(), {});
    for (auto const& finding : result.findings) EXPECT_EQ(finding.verdict, Verdict::inconclusive);
    return result.notes.empty() ? std::string() : result.notes[0];
  };
  EXPECT_NE(refusal("kullback-leibler", law("uniform", {3})).find("choose hellinger-distance"), std::string::npos);
  EXPECT_FALSE(
      refusal("chi-squared-divergence", law("weibull", {2.1, 81.9})).empty());  // q^2/p grows for smaller shapes
}

TEST(Calculations, AreAboutOneObservationAndCostNoError) {
  EXPECT_NE(test::refusal({.claim = "kullback-leibler", .model = law("exponential", {1}), .sizes = {10}}).find("n = 1"),
            std::string::npos);
  auto const one = test::question_of({.claim = "score-mean", .model = law("exponential", {1}), .sizes = {10}}, {});
  auto const other =
      test::question_of({.claim = "kullback-leibler", .model = law("exponential", {1}), .sizes = {1}}, {});
  EXPECT_EQ(sharing_count({one, other}), 1);
  EXPECT_EQ(finding_count({one, other}), 3);
}

}  // namespace
}  // namespace fisherlab::claims
