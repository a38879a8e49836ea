#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial trial_of(std::string const& claim, Law const& model, std::string const& estimator) {
  return {.claim = claim, .model = model, .sizes = {10}, .options = {{"margin", "0.05"}}, .estimator = estimator};
}

// Margins of 0.05 where the claim's own is 0.01.
TEST(CramerRaoScalar, IsVerifiedForUnbiasedEstimators) {
  test::expect_verified(trial_of("cramer-rao-scalar", law("normal_mean", {2, 3}), "sample_mean"));
  test::expect_verified(trial_of("cramer-rao-scalar", law("normal", {2, 3}), "sample_variance"));
  test::expect_verified(trial_of("cramer-rao-scalar", law("normal", {2, 3}), "best_unbiased_quantile(0.9)"));
  test::expect_verified(trial_of("cramer-rao-scalar", law("exponential", {0.4}), "best_unbiased_tail(3)"));
  test::expect_verified(trial_of("cramer-rao-scalar", law("weibull", {2.1, 81.9}), "share_above(100)"));
}

TEST(CramerRaoScalar, IsRefutedForTheCorrectedMaximum) {
  test::expect_refuted(trial_of("cramer-rao-scalar", law("uniform", {3}), "best_unbiased"));
}

// The variance of a normal sample: 2 sd^4/(n - 1) against the bound 2 sd^4/n.
TEST(CramerRaoScalar, MeasuresTheVarianceOfTheSampleVariance) {
  auto const m =
      test::findings_of(trial_of("cramer-rao-scalar", law("normal", {2, 3}), "sample_variance"))[0].measurement;
  EXPECT_NEAR(m.estimate, 10.0 / 9, 5 * m.std_error);
}

TEST(CramerRaoDirection, IsVerifiedForUnbiasedEstimators) {
  test::expect_verified(trial_of("cramer-rao-direction", law("gamma", {2.5, 1.3}), "sample_mean"));
  auto trial = trial_of("cramer-rao-direction", law("normal", {2, 3}), "sample_variance");
  trial.options["margin"] = "0.1";  // the error of a variance has heavier tails
  test::expect_verified(trial);
}

TEST(CramerRaoDirection, IsRefutedForAnOrthogonalDirection) {
  auto trial = trial_of("cramer-rao-direction", law("gamma", {2.5, 1.3}), "sample_mean");
  trial.options["direction"] = "orthogonal";
  test::expect_refuted(trial);
  EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, 0, 1e-3);
}

TEST(CramerRaoDirection, IsRefutedForABiasedEstimate) {
  auto const findings =
      test::findings_of(trial_of("cramer-rao-direction", law("normal_mean", {0.05, 1}), "shrunk_mean"));
  EXPECT_EQ(findings[0].verdict, Verdict::refuted);  // 0.81 of the bound along the best direction
  EXPECT_NEAR(findings[0].measurement.estimate, 0.81, 5 * findings[0].measurement.std_error);
}

}  // namespace
}  // namespace fisherlab::claims
