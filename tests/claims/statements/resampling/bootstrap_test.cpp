#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial resampled(Law const& model, std::string const& statistic) {
  return {
      .claim = "bootstrap", .model = model, .sizes = {20}, .options = {{"statistic", statistic}, {"margin", "0.03"}}};
}

TEST(Bootstrap, HasTheVarianceOfTheMean) {
  test::expect_verified(resampled(law("exponential", {0.4}), "mean"));
  test::expect_verified(resampled(law("normal", {-4, 0.5}), "mean"));
}

TEST(Bootstrap, FailsForTheMaximum) {
  auto const maximum = law("uniform", {3});
  test::expect_verified(resampled(maximum, "atom"));
  test::expect_refuted(resampled(maximum, "maximum"));
  auto const m = test::findings_of(resampled(maximum, "maximum"))[0].measurement;
  EXPECT_NEAR(m.estimate, 1 - std::pow(0.95, 20), 5 * m.std_error);
}

// Of a mean the squared standard error by resampling has the mean (1 - 1/n) times its variance, at any number of
// resamples.
TEST(Bootstrap, ReportsStandardErrorsOfAMeanThatAreKnown) {
  test::Trial const trial{.claim = "reported-std-errors",
                          .model = law("normal_mean", {2, 3}),
                          .sizes = {10},
                          .options = {{"rate", "none"}, {"margin", "0.1"}},
                          .estimator = "bootstrap(10)"};
  test::expect_verified(trial);
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 1 - std::sqrt(0.9), 5 * m.std_error);
}

test::Trial limits(Law const& model, std::string const& interval, std::string const& rate) {
  return {.claim = "bootstrap-order",
          .model = model,
          .sizes = {10, 20, 40, 80, 160},
          .options = {{"interval", interval}, {"rate", rate}}};
}

TEST(BootstrapOrder, IsHigherOnceBiasAndAccelerationAreCorrected) {
  for (auto const& each : {law("exponential", {0.4}), law("rayleigh", {7})}) {
    test::expect_verified(limits(each, "percentile", "0.5"));
    test::expect_verified(limits(each, "bca", "1"));
    test::expect_refuted(limits(each, "percentile", "1"));
    test::expect_refuted(limits(each, "bias-corrected", "1"));
  }
}

// Computed by scipy from the gamma law with the acceleration -1/(3 sqrt n) of a rate.
TEST(BootstrapOrder, HasTheErrorsOfTheGammaLaw) {
  auto const errors = [](std::string const& interval) {
    return runs::run({test::question_of(limits(law("exponential", {0.4}), interval, "0"), {})}, test::small_budget(),
                     {})
        .convergence;
  };
  EXPECT_NEAR(errors("percentile")[0].discrepancy, 0.061522, 1e-6);
  EXPECT_NEAR(errors("percentile")[3].discrepancy, 0.019514, 1e-6);
  EXPECT_NEAR(errors("bias-corrected")[0].discrepancy, 0.035036, 1e-6);
  EXPECT_NEAR(errors("bca")[0].discrepancy, 0.000030, 1e-6);
  EXPECT_NEAR(errors("bca")[1].discrepancy, 0.000011, 1e-6);
}

TEST(BootstrapOrder, KnowsScaleFamiliesAlone) {
  EXPECT_NE(test::refusal(limits(law("poisson", {3}), "bca", "1")).find("scale-like"), std::string::npos);
}

TEST(Jackknife, IsTheInfinitesimalOneToFirstOrder) {
  test::Trial trial{.claim = "jackknife", .model = law("gamma", {2.5, 1.3}), .sizes = {20, 40, 80, 160}};
  test::expect_verified(trial);
  trial.options["form"] = "unscaled";
  test::expect_refuted(trial);
  trial.model = law("normal", {2.5, 1.3});
  EXPECT_NE(test::refusal(trial).find("positive numbers"), std::string::npos);
}

// g'I^-1 g of the log of a gamma mean is 1/shape; n times the infinitesimal variance has the mean
// (n - 1)/(n shape + 1), by the Dirichlet law of x_i/sum x, 0.9913 of it here.
TEST(Jackknife, SeesAStatedInformationThatIsOff) {
  test::Trial trial{.claim = "jackknife",
                    .model = law("gamma", {2.5, 1.3}),
                    .sizes = {160},
                    .options = {{"form", "stated"}, {"margin", "0.03"}}};
  test::expect_verified(trial);
  trial.defect.information_factor = 1.1;
  test::expect_refuted(trial);
}

}  // namespace
}  // namespace fisherlab::claims
