#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// A variance of R = 262,144 normal numbers is known to 0.0028; margins of 0.03 where the claims' own are 0.01.
std::map<std::string, std::string> const wide = {{"margin", "0.03"}};

TEST(Additivity, IsVerifiedForIndependentPairs) {
  test::expect_verified(
      {.claim = "additivity", .model = law("normal_poisson_pair", {-1.2, 0.5}), .sizes = {5}, .options = wide});
  test::expect_verified(
      {.claim = "additivity", .model = law("exponential_gamma_pair", {7, 0.7}), .sizes = {5}, .options = wide});
}

// The joint information is 2/(sd^2 (1 + correlation)), the parts add up to 2/sd^2.
TEST(Additivity, IsRefutedForCorrelatedPairs) {
  for (double const correlation : {0.5, -0.3}) {
    test::Trial const trial{.claim = "additivity", .model = law("correlated_pair", {2, 3, correlation}), .sizes = {5}};
    test::expect_refuted(trial);
    auto const m = test::findings_of(trial)[0].measurement;
    EXPECT_NEAR(m.estimate, 1 / (1 + correlation), 5 * m.std_error);
  }
}

TEST(Additivity, IsRefutedForInformationPlantedTwoPercentOff) {
  auto settings = test::small_budget();
  settings.max_replicates = 4'194'304;
  test::expect_refuted({.claim = "additivity",
                        .model = law("correlated_pair", {2, 3, 0}),  // independent: the statement itself is true
                        .sizes = {1},
                        .defect = {.information_factor = 1.025}},
                       settings);
}

TEST(SampleAdditivity, IsVerifiedForIndependentSamples) {
  for (auto const& model : {law("poisson", {0.61}), law("gamma", {40, 0.01}), law("logistic", {1000, 0.05})})
    test::expect_verified(
        {.claim = "sample-additivity", .model = model, .sizes = {5, 20}, .options = {{"margin", "0.06"}}});
}

// Var of the summed score over n I: 1 + 2/n sum_{k<n} (n - k) correlation^k.
TEST(SampleAdditivity, IsRefutedForAnAutoregression) {
  test::Trial const trial{.claim = "sample-additivity", .model = law("ar1", {2, 3, 0.5}), .sizes = {5, 20}};
  test::expect_refuted(trial);
  auto const findings = test::findings_of(trial);
  ASSERT_EQ(findings.size(), 2u);
  for (std::size_t k = 0; k < 2; ++k) {
    double const n = k == 0 ? 5 : 20;
    double sum = 0, power = 1;
    for (int lag = 1; lag < static_cast<int>(n); ++lag) sum += (n - lag) * (power *= 0.5);
    EXPECT_NEAR(findings[k].measurement.estimate, 2 / n * sum, 5 * findings[k].measurement.std_error);
  }
}

TEST(SampleAdditivity, IsRefutedForPlantedDefects) {
  auto settings = test::small_budget();
  settings.max_replicates = 4'194'304;
  test::expect_refuted({.claim = "sample-additivity",
                        .model = law("normal_mean", {-4, 0.5}),
                        .sizes = {1},
                        .defect = {.information_factor = 1.025}},
                       settings);
  test::expect_refuted({.claim = "sample-additivity",
                        .model = law("exponential", {0.4}),
                        .sizes = {5},
                        .defect = {.scale_for_rate = true}});
}

}  // namespace
}  // namespace fisherlab::claims
