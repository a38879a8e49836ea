#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "claims/instruments/exact/natural_component.hpp"
#include "sim/models/scalar/lane_by_lane.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/scalar_exponential.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

TEST(NaturalFamily, HoldsForEveryFamilyThatIsKnown) {
  for (auto const& each :
       {law("normal_mean", {-4, 0.5}), law("normal", {2, 3}), law("poisson", {400}), law("exponential", {1e-5}),
        law("gamma", {0.7, 4}), law("bernoulli", {0.02}), law("binomial", {0.97, 20}), law("geometric", {0.02}),
        law("negative_binomial", {20, 0.8}), law("inverse_gaussian", {30, 4})})
    test::expect_verified({.claim = "natural-family", .model = each, .sizes = {1}});
}

TEST(NaturalFamily, IsRefutedForALogisticLocation) {
  test::Trial const trial{.claim = "natural-family", .model = law("logistic", {-5, 0.25}), .sizes = {1}};
  test::expect_refuted(trial);
  // 1/(3 s^2) times pi^2 s^2/3.
  EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, std::numbers::pi * std::numbers::pi / 9, 1e-8);
}

TEST(NaturalFamily, IsFoundInAModelThatNobodyListed) {
  Law const own{sim::run_lane_by_lane(test::ScalarExponential{}), {0.7}};
  EXPECT_EQ(natural_component(own), 0u);
  test::expect_verified({.claim = "natural-family", .model = own, .sizes = {1}});
  test::expect_verified({.claim = "bhattacharyya", .model = own, .sizes = {1}});
}

TEST(NaturalFamily, IsFoundBesideKnownParameters) {
  EXPECT_EQ(natural_component(law("normal", {2, 3})), 0u);
  EXPECT_EQ(natural_component(law("gamma", {2.5, 1.3})), 1u);
  EXPECT_EQ(natural_component(law("inverse_gaussian", {30, 4})), 0u);
  for (auto const& none :
       {law("logistic", {2, 3}), law("cauchy", {2, 3}), law("weibull", {2, 3}), law("rayleigh", {3})})
    EXPECT_FALSE(natural_component(none).has_value()) << none.model->card().name;
}

// Morris (1982), table 1.
TEST(QuadraticVariance, IsFoundByQuadrature) {
  auto const gamma = quadratic_variance(law("gamma", {2.5, 1.3}), 1);
  ASSERT_TRUE(gamma);
  EXPECT_NEAR(gamma->v0, 0, 1e-6);
  EXPECT_NEAR(gamma->v1, 0, 1e-6);
  EXPECT_NEAR(gamma->v2, 1 / 2.5, 1e-6);
  auto const counts = quadratic_variance(law("negative_binomial", {4, 0.8}), 0);
  ASSERT_TRUE(counts);
  EXPECT_NEAR(counts->v1, 1, 1e-5);
  EXPECT_NEAR(counts->v2, 1 / 0.8, 1e-5);
  EXPECT_FALSE(quadratic_variance(law("inverse_gaussian", {3, 4}), 0));  // a cube
}

TEST(NaturalFamily, IsRefusedWhereNoneIsKnown) {
  EXPECT_NE(test::refusal({.claim = "natural-family", .model = law("logistic", {2, 3}), .sizes = {1}})
                .find("declare it as a control"),
            std::string::npos);
}

test::Trial volume_of(Law const& model, std::string const& map, std::string const& measure = "jeffreys") {
  return {.claim = "jeffreys-volume", .model = model, .sizes = {1}, .options = {{"map", map}, {"measure", measure}}};
}

TEST(JeffreysVolume, IsInvariant) {
  test::expect_verified(volume_of(law("exponential", {1e-5}), "log"));
  test::expect_verified(volume_of(law("bernoulli", {0.02}), "logit"));
  test::expect_verified(volume_of(law("poisson", {9.3}), "sqrt"));
  test::expect_verified(volume_of(law("gamma", {2.5, 1.3}), "log"));
  test::expect_verified(volume_of(law("weibull", {12, 0.02}), "reciprocal"));
}

// The box of an exponential rate is rate (3/4, 5/4): flat volumes log(5/3) and rate/2.
TEST(JeffreysVolume, OfTheFlatMeasureIsNot) {
  auto const trial = volume_of(law("exponential", {0.4}), "log", "flat");
  test::expect_refuted(trial);
  EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, std::log(5.0 / 3) / 0.2, 1e-9);
}

TEST(JeffreysVolume, IsRefutedForInformationPlantedOff) {
  auto trial = volume_of(law("exponential", {0.4}), "log");
  trial.defect.information_factor = 1.0001;
  test::expect_refuted(trial);
}

}  // namespace
}  // namespace fisherlab::claims
