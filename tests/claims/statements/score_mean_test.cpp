#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Margins of 0.02 where the claim's own is 0.01: they need a quarter of the replicates.
TEST(ScoreMean, IsVerifiedOnRegularModels) {
  for (auto const& model : {law("gamma", {0.7, 4}), law("weibull", {12, 0.02}), law("cauchy", {-5, 0.25}),
                            law("poisson", {9.3}), law("correlated_pair", {2, 3, 0.5})})
    test::expect_verified({.claim = "score-mean", .model = model, .sizes = {10}, .options = {{"margin", "0.02"}}});
}

// The score of one observation is -1/upper, whitened -1.
TEST(ScoreMean, IsRefutedWhereTheSupportDependsOnTheta) {
  test::Trial const trial{.claim = "score-mean", .model = law("uniform", {0.2}), .sizes = {10}};
  test::expect_refuted(trial);
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 1, 1e-12);
  EXPECT_NEAR(m.std_error, 0, 1e-9);
}

TEST(ScoreMean, IsRefutedForPlantedDefects) {
  auto const gamma = law("gamma", {2.5, 1.3});
  test::expect_refuted({.claim = "score-mean", .model = gamma, .sizes = {10}, .defect = {.score_offset = 0.05}});
  test::expect_refuted({.claim = "score-mean", .model = gamma, .sizes = {10}, .defect = {.score_offset = -0.05}});
  test::expect_refuted({.claim = "score-mean", .model = gamma, .sizes = {10}, .defect = {.scale_for_rate = true}});
}

// One parameter: the offset is what the whitened mean is off by.
TEST(ScoreMean, MeasuresThePlantedOffset) {
  test::Trial trial{.claim = "score-mean", .model = law("exponential", {7}), .sizes = {10}};
  trial.defect.score_offset = 0.05;
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 0.05, 5 * m.std_error);
  EXPECT_LE(m.lower, 0.05);
  EXPECT_GE(m.upper, 0.05);
}

// A factor in the information changes the scale, but a mean of zero stays one.
TEST(ScoreMean, DoesNotMindTheScale) {
  test::expect_verified({.claim = "score-mean",
                         .model = law("exponential", {7}),
                         .sizes = {10},
                         .options = {{"margin", "0.02"}},
                         .defect = {.information_factor = 1.02}});
}

}  // namespace
}  // namespace fisherlab::claims
