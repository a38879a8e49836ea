#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// For the rate n bias - b = rate n/(n - 1) - rate = rate/(n - 1), in units of I^-1/2 = rate.
TEST(Bias, TendsToItsFirstOrderValueForTheExponentialRate) {
  test::Trial const trial{.claim = "bias", .model = law("exponential", {0.4}), .sizes = {3, 5, 9, 17}};
  auto settings = test::small_budget();
  settings.max_replicates = 4'194'304;
  test::expect_verified(trial, settings);
  auto const m = test::findings_of(trial, settings)[1].measurement;
  EXPECT_NEAR(m.estimate, 1.0 / 16, 5 * m.std_error);
}

TEST(Bias, TendsToItsFirstOrderValueForTwoParameters) {
  test::expect_verified(
      {.claim = "bias", .model = law("normal", {2, 3}), .sizes = {10, 20}, .options = {{"rate", "none"}}});
}

TEST(Bias, IsExactWhereItIsKnown) {
  test::expect_verified(
      {.claim = "bias", .model = law("exponential", {7}), .sizes = {5, 20}, .options = {{"against", "exact"}}});
  test::expect_verified({.claim = "bias",
                         .model = law("normal_mean", {2, 3}),
                         .sizes = {5},
                         .options = {{"against", "exact"}},
                         .estimator = "sample_mean"});
}

// Claimed zero, n bias is rate n/(n - 1).
TEST(Bias, IsRefutedWhenClaimedZero) {
  test::Trial const trial{
      .claim = "bias", .model = law("exponential", {0.4}), .sizes = {10}, .options = {{"against", "zero"}}};
  test::expect_refuted(trial);
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 10.0 / 9, 5 * m.std_error);
}

// sd_hat (1 + 3/(4 n)), E sd_hat = sd sqrt(2/n) Gamma(n/2)/Gamma((n - 1)/2); in units of I^-1/2 = sd/sqrt 2.
TEST(Bias, OfTheCorrectedEstimateFallsAsTheSquareOfN) {
  test::Trial const trial{.claim = "bias",
                          .model = law("normal", {-4, 0.5}),
                          .sizes = {3, 5, 9, 17},
                          .options = {{"margin", "0.2"}},
                          .estimator = "bias_corrected"};
  test::expect_verified(trial);
  auto one = trial;
  one.sizes = {5};
  auto const m = test::findings_of(one)[0].measurement;
  double const mean = std::sqrt(0.4) * std::tgamma(2.5) / std::tgamma(2.0);
  EXPECT_NEAR(m.estimate, 5 * std::sqrt(2.0) * std::fabs(mean * 1.15 - 1), 5 * m.std_error);
}

TEST(Bias, RefusesWhatItCannotClaim) {
  EXPECT_NE(test::refusal(
                {.claim = "bias", .model = law("gamma", {2.5, 1.3}), .sizes = {10}, .options = {{"against", "exact"}}})
                .find("exact mean"),
            std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims
