#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial exponential_on_gamma() {
  return {.claim = "sandwich",
          .model = law("exponential", {1}),
          .sizes = {5, 10, 40},
          .options = {{"margin", "0.15"}},
          .data = law("gamma", {3, 3})};
}

// 1/mean of n gamma(3, 3) numbers is inverse gamma: n Var = n (3n)^2/((3n - 1)^2 (3n - 2)) against the sandwich 1/3.
TEST(Sandwich, IsVerifiedForAnExponentialLawOnGammaData) {
  auto const trial = exponential_on_gamma();
  test::expect_verified(trial);
  auto const findings = test::findings_of(trial);
  double const n = 40, exact = n * 9 * n * n / ((3 * n - 1) * (3 * n - 1) * (3 * n - 2));
  auto const& m = findings[1].measurement;
  EXPECT_NEAR(m.estimate, 3 * exact - 1, 5 * m.std_error);
}

TEST(Sandwich, IsRefutedWithTheInformationInItsPlace) {
  auto trial = exponential_on_gamma();
  trial.options = {{"formula", "information"}};
  test::expect_refuted(trial);
}

// Both of its matrices off by a factor, the stated covariance is off by its inverse: what the largest error shows too.
TEST(Sandwich, IsRefutedWithPlantedMatrices) {
  auto trial = exponential_on_gamma();
  auto const sound = test::findings_of(trial);
  trial.defect.information_factor = 0.9;
  auto const planted = test::findings_of(trial);
  double const expected = std::fabs(0.9 * (1 + sound[1].measurement.estimate) - 1);
  EXPECT_NEAR(planted[1].measurement.estimate, expected, 1e-9);
  trial.defect.information_factor = 1.25;
  test::expect_refuted(trial);
}

// n Var of the mean of negative binomial counts: mean + mean^2/size at every n.
TEST(Sandwich, IsExactForAMeanOfOverdispersedCounts) {
  test::Trial trial{.claim = "sandwich",
                    .model = law("poisson", {4}),
                    .sizes = {10},
                    .options = {{"rate", "none"}},
                    .data = law("negative_binomial", {4, 2})};
  test::expect_verified(trial);
  trial.options["formula"] = "information";
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_EQ(test::findings_of(trial)[0].verdict, Verdict::refuted);
  EXPECT_NEAR(m.estimate, 2, 5 * m.std_error);
}

}  // namespace
}  // namespace fisherlab::claims
