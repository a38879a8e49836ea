#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Exact at every n for a normal mean: no rate. Margins of 0.02 to suit the budget.
TEST(LikelihoodTests, AreExactForANormalMean) {
  for (std::string const claim : {"wilks", "rao", "wald"})
    test::expect_verified({.claim = claim,
                           .model = law("normal_mean", {-4, 0.5}),
                           .sizes = {5},
                           .options = {{"rate", "none"}, {"margin", "0.02"}}});
}

TEST(LikelihoodTests, TendToChiSquared) {
  test::expect_verified(
      {.claim = "wilks", .model = law("exponential", {0.4}), .sizes = {1, 2, 4, 20}, .options = {{"rate", "none"}}});
  test::expect_verified(
      {.claim = "rao", .model = law("gamma", {2.5, 1.3}), .sizes = {80}, .options = {{"rate", "none"}}});
  test::expect_verified({.claim = "wald", .model = law("exponential", {0.4}), .sizes = {2, 4, 8, 80}});
}

// 2 log LR is chi^2_2 at every n. Its distance to chi^2_1 lies where the densities meet, (2 pi x)^-1/2 = 1/2, at
// x = 2/pi: erf(1/sqrt(pi)) - 1 + exp(-1/pi) = .30249.
TEST(LikelihoodTests, AreRefutedForTheUniformLaw) {
  for (std::string const claim : {"wilks", "rao", "wald"})
    test::expect_refuted({.claim = claim, .model = law("uniform", {3}), .sizes = {5, 10, 20}});
  auto const m =
      test::findings_of({.claim = "wilks", .model = law("uniform", {3}), .sizes = {5, 10, 20}})[1].measurement;
  EXPECT_NEAR(m.estimate, std::erf(1 / std::sqrt(M_PI)) - 1 + std::exp(-1 / M_PI), 5 * m.std_error + 1e-3);
}

TEST(LikelihoodTests, AreRefutedForDataOfAnotherLaw) {
  for (std::string const claim : {"wilks", "rao", "wald"})
    test::expect_refuted(
        {.claim = claim, .model = law("exponential", {1}), .sizes = {20}, .data = law("gamma", {3, 3})});
}

// The mean of each statistic, extrapolated: 1, and of gamma(3, 3) data read as exponential at rate 1 Cov(s)/I = 1/3.
TEST(LikelihoodTests, HaveAMeanWithALimit) {
  auto settings = test::small_budget();
  settings.first_replicates = 65'536;
  for (std::string const claim : {"wilks", "rao", "wald"}) {
    test::Trial trial{.claim = claim, .model = law("exponential", {1}), .sizes = {20, 40, 80, 160, 320}};
    auto const right = test::findings_of(trial, settings).back();
    EXPECT_TRUE(right.measurement.statistic.starts_with("limit of the mean of "));
    EXPECT_EQ(right.verdict, Verdict::verified) << test::text_of(right);
    trial.data = law("gamma", {3, 3});
    auto const wrong = test::findings_of(trial, settings).back();
    EXPECT_EQ(wrong.verdict, Verdict::refuted) << test::text_of(wrong);
    EXPECT_NEAR(wrong.measurement.estimate, 1.0 / 3, 5 * wrong.measurement.std_error + 1e-6);
  }
}

}  // namespace
}  // namespace fisherlab::claims
