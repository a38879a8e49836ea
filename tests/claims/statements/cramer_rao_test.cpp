#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Estimators that attain the bound sit on the edge of the region: margins of 0.05 where the claims' own are 0.01.
TEST(CramerRao, IsVerifiedForUnbiasedEstimators) {
  for (std::string const claim : {"cramer-rao", "cramer-rao-trace"}) {
    test::Trial trial{.claim = claim, .model = law("poisson", {0.61}), .sizes = {10}, .options = {{"margin", "0.05"}}};
    trial.estimator = "sample_mean";
    test::expect_verified(trial);
    trial.model = law("gamma", {2.5, 1.3});
    test::expect_verified(trial);
    trial.model = law("logistic", {2, 3});
    trial.estimator = "sample_median";
    test::expect_verified(trial);
    trial.model = law("exponential", {0.4});
    trial.estimator = "best_unbiased";
    test::expect_verified(trial);
  }
}

// Variance upper^2/(n (n + 2)) against a formal bound of upper^2/n: n Var/bound - 1 = 1/(n + 2) - 1.
TEST(CramerRao, IsRefutedForTheMaximumOfUniformData) {
  for (std::string const claim : {"cramer-rao", "cramer-rao-trace"}) {
    test::Trial const trial{.claim = claim, .model = law("uniform", {3}), .sizes = {10}, .estimator = "best_unbiased"};
    test::expect_refuted(trial);
    auto const m = test::findings_of(trial)[0].measurement;
    EXPECT_NEAR(m.estimate, 1.0 / 12 - 1, 5 * m.std_error);
  }
}

// E (0.9 mean - truth)^2 n/sd^2 - 1 = 0.81 + 0.01 n truth^2/sd^2 - 1.
TEST(CramerRao, IsRefutedForAShrunkMeanNearZero) {
  test::Trial const trial{
      .claim = "cramer-rao-trace", .model = law("normal_mean", {0.05, 1}), .sizes = {10}, .estimator = "shrunk_mean"};
  test::expect_refuted(trial);
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, -0.19 + 0.01 * 10 * 0.0025, 5 * m.std_error);
  auto covariance = trial;
  covariance.claim = "cramer-rao";
  test::expect_refuted(covariance);
}

// Information stated at 90 % puts the bound above an estimator that attains the true one.
TEST(CramerRao, IsRefutedForAPlantedBound) {
  for (std::string const claim : {"cramer-rao", "cramer-rao-trace"})
    test::expect_refuted({.claim = claim,
                          .model = law("normal_mean", {2, 3}),
                          .sizes = {5},
                          .estimator = "sample_mean",
                          .defect = {.information_factor = 0.9}});
}

TEST(Attainment, IsVerifiedForMeans) {
  for (auto const& model :
       {law("normal_mean", {-4, 0.5}), law("poisson", {9.3}), law("bernoulli", {0.3}), law("exponential", {0.4})})
    test::expect_verified({.claim = "attainment", .model = model, .sizes = {5, 20}, .options = {{"margin", "0.03"}}});
}

// Var((n - 1)/sum x) = rate^2/(n - 2), so the efficiency of the best unbiased estimator is (n - 2)/n.
TEST(Attainment, TakesAnExactEfficiencyBelowOne) {
  test::Trial trial{.claim = "attainment",
                    .model = law("exponential", {0.4}),
                    .sizes = {20},
                    .options = {{"efficiency", "0.9"}, {"margin", "0.04"}},
                    .estimator = "best_unbiased"};
  test::expect_verified(trial);
  trial.options.erase("efficiency");
  test::expect_refuted(trial);
}

TEST(Attainment, IsRefutedForTheMedianOfANormalSample) {
  test::Trial const trial{
      .claim = "attainment", .model = law("normal_mean", {2, 3}), .sizes = {51}, .estimator = "sample_median"};
  test::expect_refuted(trial);
  EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, 0.64, 0.05);  // 2/pi in the limit
}

TEST(Attainment, IsRefutedForPlantedDefects) {
  auto settings = test::small_budget();
  settings.max_replicates = 4'194'304;
  test::expect_refuted({.claim = "attainment",
                        .model = law("normal_mean", {-4, 0.5}),
                        .sizes = {1},
                        .defect = {.information_factor = 1.025}},
                       settings);
  test::expect_refuted(
      {.claim = "attainment", .model = law("exponential", {0.4}), .sizes = {5}, .defect = {.scale_for_rate = true}});
}

}  // namespace
}  // namespace fisherlab::claims
