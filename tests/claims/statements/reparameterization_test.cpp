#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial trial_of_map(Law const& model, std::string const& map) {
  return {.claim = "reparameterization", .model = model, .sizes = {100}, .options = {{"map", map}, {"margin", "0.03"}}};
}

// Margins of 0.03 where the claim's own is 0.01.
TEST(Reparameterization, IsVerifiedForEveryMap) {
  test::expect_verified(trial_of_map(law("exponential", {0.4}), "log"));
  test::expect_verified(trial_of_map(law("poisson", {9.3}), "sqrt"));
  test::expect_verified(trial_of_map(law("bernoulli", {0.85}), "logit"));
  test::expect_verified(trial_of_map(law("exponential", {7}), "reciprocal"));
  test::expect_verified(trial_of_map(law("normal_mean", {-4, 0.5}), "square"));
  test::expect_verified(trial_of_map(law("normal_mean", {2, 3}), "square"));
  test::expect_verified(trial_of_map(law("normal_mean", {-4, 0.5}), "cube"));
  test::expect_verified(trial_of_map(law("normal_mean", {2, 3}), "cube"));
}

TEST(Reparameterization, IsRefutedWithTheSlopeOnTheWrongSide) {
  auto trial = trial_of_map(law("poisson", {9.3}), "sqrt");
  trial.options["rule"] = "multiply";
  test::expect_refuted(trial);
  // (f')^4 = 1/(16 mean^2) times what is measured.
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 16 * 9.3 * 9.3, 5 * m.std_error);
}

TEST(Reparameterization, IsRefutedForInformationPlantedTwoPercentOff) {
  for (double const factor : {1.02, 0.98}) {
    auto trial = trial_of_map(law("exponential", {0.4}), "log");
    trial.options.erase("margin");  // the claim's own, 0.01
    trial.defect.information_factor = factor;
    test::expect_refuted(trial);
  }
}

TEST(Reparameterization, IsRefutedForAScaleTakenForARate) {
  auto trial = trial_of_map(law("exponential", {0.4}), "log");
  trial.defect.scale_for_rate = true;
  test::expect_refuted(trial);
}

TEST(SquareRootExample, IsVerifiedOverAGridOfMeans) {
  for (double const mean : {0.2, 4.0, 900.0})
    test::expect_verified({.claim = "square-root-example",
                           .model = law("normal_mean", {mean, 3}),
                           .sizes = {100},
                           .options = {{"margin", "0.03"}}});
}

TEST(SquareRootExample, IsRefutedForAFormulaFreeOfTheMean) {
  test::Trial const trial{.claim = "square-root-example",
                          .model = law("normal_mean", {4, 0.5}),
                          .sizes = {100},
                          .options = {{"formula", "constant"}}};
  test::expect_refuted(trial);
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 4, 5 * m.std_error);
}

}  // namespace
}  // namespace fisherlab::claims
