#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// n Var over its limit is n^3/((n - 1)^2 (n - 2)) for an exponential rate: 0.54 off at 10, 0.05 off at 80, a rate
// of 1.15. Margins of 0.1 where the claims' own are 0.05.
TEST(AsymptoticVariance, IsVerifiedWithItsRate) {
  auto settings = test::small_budget();
  settings.first_replicates = 32'768;
  for (std::string const claim : {"asymptotic-variance", "directional-variance"})
    test::expect_verified(
        {.claim = claim, .model = law("exponential", {0.4}), .sizes = {10, 20, 40, 80}, .options = {{"margin", "0.1"}}},
        settings);
}

TEST(AsymptoticVariance, IsVerifiedForVectors) {
  for (std::string const claim : {"asymptotic-variance", "directional-variance"}) {
    test::expect_verified(
        {.claim = claim, .model = law("logistic", {-5, 0.25}), .sizes = {60}, .options = {{"margin", "0.15"}}});
    test::expect_verified(
        {.claim = claim, .model = law("weibull", {2.1, 81.9}), .sizes = {60}, .options = {{"margin", "0.25"}}});
  }
}

// Exact at every n: no rate.
TEST(AsymptoticVariance, IsVerifiedForTheMeanOfANormalLaw) {
  for (std::string const claim : {"asymptotic-variance", "directional-variance"})
    test::expect_verified({.claim = claim,
                           .model = law("normal_mean", {-4, 0.5}),
                           .sizes = {5, 20},
                           .options = {{"rate", "none"}, {"margin", "0.05"}}});
}

// An exponential law fitted to Gamma(3, 3) data: n Var tends to 1/3, I^-1 at the pseudo-true rate is 1.
TEST(AsymptoticVariance, IsRefutedForAMisspecifiedModel) {
  test::Trial const trial{.claim = "asymptotic-variance",
                          .model = law("exponential", {1}),
                          .sizes = {20, 40, 80, 160},
                          .data = law("gamma", {3, 3})};
  test::expect_refuted(trial);
  EXPECT_NEAR(test::findings_of(trial)[1].measurement.estimate, 2.0 / 3, 0.05);
}

// w'I w in the place of w'I^-1 w.
TEST(DirectionalVariance, IsRefutedForTheInformationInPlaceOfItsInverse) {
  test::expect_refuted({.claim = "directional-variance",
                        .model = law("gamma", {2.5, 1.3}),
                        .sizes = {40, 80, 160},
                        .options = {{"formula", "information"}}});
}

TEST(AsymptoticVariance, IsRefutedForPlantedDefects) {
  for (std::string const claim : {"asymptotic-variance", "directional-variance"}) {
    test::expect_refuted({.claim = claim,
                          .model = law("normal_mean", {2, 3}),
                          .sizes = {5},
                          .options = {{"margin", "0.01"}},
                          .defect = {.information_factor = 1.05}});
    test::expect_refuted(
        {.claim = claim, .model = law("exponential", {0.4}), .sizes = {80}, .defect = {.scale_for_rate = true}});
  }
}

// n Cov of gamma(2.5, 1.3) estimates, relative error over directions: .857 .338 .158 .072 .036 from 400,000 replicates.
TEST(AsymptoticVariance, GivesTheKnownErrorsOfAGammaLaw) {
  auto settings = test::small_budget();
  double const known[] = {0.857, 0.338, 0.158, 0.072, 0.036};
  std::int64_t const sizes[] = {20, 40, 80, 160, 320};
  for (std::size_t k = 0; k < 5; ++k) {
    std::int64_t const replicates = k < 3 ? 65'536 : 524'288;
    settings.first_replicates = settings.max_replicates = replicates;
    auto const findings = test::findings_of(
        {.claim = "asymptotic-variance", .model = law("gamma", {2.5, 1.3}), .sizes = {sizes[k]}}, settings);
    ASSERT_EQ(findings.size(), 1u);
    auto const& m = findings[0].measurement;
    double const both =
        m.std_error * std::sqrt(1 + static_cast<double>(replicates) / 4e5);  // the table's own error is in it
    EXPECT_NEAR(m.estimate, known[k], 5 * both + 5e-4);
    EXPECT_LT(both, k < 3 ? 0.03 : 0.006) << "a test that could not fail";
  }
}

}  // namespace
}  // namespace fisherlab::claims
