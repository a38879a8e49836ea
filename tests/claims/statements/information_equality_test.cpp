#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Margins of 0.05 where the claim's own is 0.01: they need a twenty-fifth of the replicates.
TEST(InformationEquality, IsVerifiedOnRegularModels) {
  for (auto const& model : {law("normal", {-4, 0.5}), law("gamma", {0.7, 4}), law("weibull", {2.1, 81.9}),
                            law("logistic", {-5, 0.25}), law("bernoulli", {0.85})})
    test::expect_verified(
        {.claim = "information-equality", .model = model, .sizes = {10}, .options = {{"margin", "0.05"}}});
}

// E[s s'] and Cov(s) are right; the Hessian is 0 in the location almost everywhere, so -E[H] misses all of it.
TEST(InformationEquality, IsRefutedForTheHessianOfALaplaceLaw) {
  auto const findings = test::findings_of({.claim = "information-equality",
                                           .model = law("laplace", {2, 3}),
                                           .sizes = {20},
                                           .options = {{"margin", "0.05"}}});
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].verdict, Verdict::verified) << test::text_of(findings[0]);
  EXPECT_EQ(findings[1].verdict, Verdict::refuted) << test::text_of(findings[1]);
  EXPECT_NEAR(findings[1].measurement.estimate, 1, 5 * findings[1].measurement.std_error + 1e-9);
  EXPECT_EQ(findings[2].verdict, Verdict::verified) << test::text_of(findings[2]);
}

// Poisson, whitened: s s' = (x - m)^2/m and -H = x/m, each observation. Their difference has variance
// (2 + 1/m) + 1/m - 2/m = 2 for every m; the last term is their covariance.
TEST(InformationEquality, KnowsThatBothSidesShareTheirSample) {
  auto const m = test::findings_of({.claim = "information-equality",
                                    .model = law("poisson", {0.61}),
                                    .sizes = {20},
                                    .options = {{"identity", "difference"}, {"margin", "0.05"}}})[0]
                     .measurement;
  double const replicates = static_cast<double>(m.replicates);
  EXPECT_NEAR(m.std_error / std::sqrt(2 / (20 * replicates)), 1, 0.1);
}

// A control says which identities fail.
TEST(InformationEquality, AnswersForTheIdentityThatIsNamed) {
  test::Trial trial{.claim = "information-equality", .model = law("laplace", {2, 3}), .sizes = {20}};
  for (auto const* identity : {"hessian", "difference"}) {
    trial.options = {{"identity", identity}};
    test::expect_refuted(trial);
    EXPECT_EQ(test::findings_of(trial).size(), 1u);
  }
  trial.options = {{"identity", "trace"}};
  EXPECT_NE(test::refusal(trial, Expectation::refuted), "");
}

// Stated 2 % too large, the information is 1/1.02 - 1 off in each comparison with it.
TEST(InformationEquality, IsRefutedForInformationPlantedTwoPercentOff) {
  for (double const factor : {1.02, 0.98}) {
    auto settings = test::small_budget();
    settings.max_replicates = 4'194'304;
    auto const findings = test::findings_of({.claim = "information-equality",
                                             .model = law("normal_mean", {-4, 0.5}),
                                             .sizes = {1},
                                             .defect = {.information_factor = factor}},
                                            settings);
    ASSERT_EQ(findings.size(), 3u);
    for (std::size_t const k : {0u, 1u, 2u}) {
      EXPECT_EQ(findings[k].verdict, Verdict::refuted) << test::text_of(findings[k]);
      EXPECT_NEAR(findings[k].measurement.estimate, std::abs(1 / factor - 1),
                  5 * findings[k].measurement.std_error + 1e-12);
    }
  }
}

TEST(InformationEquality, IsRefutedForAPlantedScore) {
  auto const findings = test::findings_of({.claim = "information-equality",
                                           .model = law("exponential", {0.4}),
                                           .sizes = {20},
                                           .defect = {.score_offset = 0.3}});
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].verdict, Verdict::refuted) << test::text_of(findings[0]);  // E (s + c)^2 = I (1 + 0.09)
  EXPECT_NE(findings[2].verdict, Verdict::refuted) << test::text_of(findings[2]);  // a covariance forgets a constant
}

// Data from a Laplace law, twice as wide, read as a logistic one.
TEST(InformationEquality, IsRefutedForAMisspecifiedModel) {
  auto const findings = test::findings_of({.claim = "information-equality",
                                           .model = law("logistic", {0, 1}),
                                           .sizes = {20},
                                           .data = law("laplace", {0, 2})});
  ASSERT_EQ(findings.size(), 3u);
  for (auto const& finding : findings) EXPECT_EQ(finding.verdict, Verdict::refuted) << test::text_of(finding);
}

// Data from a Cauchy law read as a logistic one: E s s' does not exist, and no number of replicates gives it an
// interval.
TEST(InformationEquality, IsRefusedWhereTheMeanDoesNotExist) {
  auto const why = test::refusal({.claim = "information-equality",
                                  .model = law("logistic", {0, 1}),
                                  .sizes = {20},
                                  .data = law("cauchy", {0, 2})});
  EXPECT_TRUE(why.starts_with("moment 4 of the score of logistic on cauchy(location=0;scale=2) does not exist")) << why;
}

}  // namespace
}  // namespace fisherlab::claims
