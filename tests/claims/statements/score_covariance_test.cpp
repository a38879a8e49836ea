#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial trial_of(Law const& model, std::string const& estimator) {
  return {.claim = "score-covariance",
          .model = model,
          .sizes = {10},
          .options = {{"margin", "0.05"}},
          .estimator = estimator};
}

// Margins of 0.05 where the claim's own is 0.02.
TEST(ScoreCovariance, IsTheGradientOfTheMean) {
  test::expect_verified(trial_of(law("gamma", {2.5, 1.3}), "sample_mean"));
  test::expect_verified(trial_of(law("logistic", {-5, 0.25}), "sample_median"));
  test::expect_verified(trial_of(law("normal", {2, 3}), "best_unbiased"));
  test::expect_verified(trial_of(law("poisson", {9.3}), "shrunk_mean"));
  test::expect_verified(trial_of(law("exponential", {0.4}), "mle"));
}

// Whitened, the covariance of the exponential rate's estimate with the score is n/(n - 1) and not 1; of the shrunk mean
// 0.9 and not 1.
TEST(ScoreCovariance, IsRefutedForABiasedEstimateHeldToItsTarget) {
  for (auto trial : {trial_of(law("exponential", {0.4}), "mle"), trial_of(law("poisson", {9.3}), "shrunk_mean")}) {
    trial.options["gradient"] = "target";
    test::expect_refuted(trial);
    auto const m = test::findings_of(trial)[0].measurement;
    EXPECT_NEAR(m.estimate, trial.estimator == "mle" ? 1.0 / 9 : 0.1, 5 * m.std_error);
  }
}

TEST(ScoreCovariance, IsRefutedForAPlantedScore) {
  auto trial = trial_of(law("gamma", {2.5, 1.3}), "sample_mean");
  trial.data = law("gamma", {2.5, 2.6});
  test::expect_refuted(trial);
}

TEST(ScoreCovariance, AsksForAnEstimatorWhoseMeanIsKnown) {
  EXPECT_NE(test::refusal(trial_of(law("gamma", {2.5, 1.3}), "moments")).find("exact mean"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims
