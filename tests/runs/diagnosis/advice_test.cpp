#include "runs/diagnosis/advice.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runs/diagnosis/needed_n.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

using Sentences = std::vector<std::string>;

bool has(Sentences const& sentences, std::string const& part) {
  return std::any_of(sentences.begin(), sentences.end(),
                     [&](auto const& s) { return s.find(part) != std::string::npos; });
}

/// One parameter whose intervals hold the truth as given.
struct Scene {
  estimators::FittedModel fit;
  Diagnosis diagnosis;
  Goodness goodness;
  std::optional<WithoutModel> without_model;

  Scene(double wald, double score, double ratio) {
    fit.parameters.push_back({"shape", 2, 0.3, 0.3, {1, 3}, {0.5, 3}, {1.2, 2.9}});
    diagnosis.n = 10;
    diagnosis.replicates = 1000;
    ParameterDiagnosis p;
    p.parameter = "shape";
    p.wald = {wald, 0};
    p.score = {score, 0};
    p.likelihood_ratio = {ratio, 0};
    p.variance_ratio = {1, 0};
    diagnosis.parameters.push_back(p);
  }
  Sentences advice(Needs const& needs = {}) const {
    return runs::advice({fit, diagnosis, {needs}, &goodness, without_model ? &*without_model : nullptr});
  }
};

TEST(Advice, RecommendsByTheRuleAndPrintsIt) {
  auto const sentences = Scene(0.90, 0.95, 0.945).advice();
  EXPECT_EQ(sentences.front(), "For shape the likelihood-ratio interval is recommended.");
  EXPECT_TRUE(has(sentences, "misses the truth in 4 to 6.25 % of samples"));
}

TEST(Advice, SaysWhenNoIntervalQualifies) {
  auto const sentences = Scene(0.90, 0.99, 0.85).advice();
  EXPECT_EQ(
      sentences.front(),
      "For shape no interval is recommended (misses over declared: Wald 2.00, score 0.20, likelihood-ratio 3.00).");
}

TEST(Advice, RecommendsNoIntervalThatIsOffElsewhereInIt) {
  Scene scene(0.95, 0.945, 0.90);
  scene.diagnosis.parameters[0].wald_range = CoverageRange{{0.91, 0}, {0.96, 0}};
  scene.diagnosis.parameters[0].score_range = CoverageRange{{0.94, 0}, {0.95, 0}};
  EXPECT_EQ(scene.advice().front(), "For shape the score interval is recommended.");
  // Within two Monte Carlo standard errors it is not seen to be off.
  scene.diagnosis.parameters[0].wald_range->least.mcse = 0.02;
  EXPECT_EQ(scene.advice().front(), "For shape the Wald interval is recommended.");
  scene.diagnosis.parameters[0].wald_range->least.mcse = 0;
  scene.diagnosis.parameters[0].score_range->largest.value = 0.97;
  EXPECT_EQ(scene.advice().front(),
            "For shape no interval is recommended (misses over declared: Wald 1.00, elsewhere in it 1.80, score 1.10, "
            "elsewhere in it 0.60, likelihood-ratio 2.00).");
}

TEST(Advice, RecommendsNothingOfAModelThatTheDataRefute) {
  Scene scene(0.95, 0.95, 0.95);
  scene.goodness.is_refuted = true;
  scene.goodness.sandwich = {0.9};
  UnderOther other{"gamma", 120, {0.8}, scene.diagnosis.parameters, 4096};
  other.worth[0].wald.value = 0.6;
  scene.without_model = {other, other};
  auto const sentences = scene.advice();
  EXPECT_TRUE(has(sentences, "No interval of this model is recommended"));
  EXPECT_TRUE(
      has(sentences,
          "0.9 by the sandwich formula, 0.8 by resampling the rows, 0.8 under gamma, where the model says 0.3; "
          "its Wald interval holds what the estimate tends to resampled in 60.0 % of samples and under the rival "
          "in 60.0 % of samples."));
  EXPECT_TRUE(has(sentences, "gamma is the best rival (AIC 120)"));
  EXPECT_FALSE(has(sentences, "interval is recommended."));
  EXPECT_FALSE(has(sentences, "use it"));
}

TEST(Advice, SaysNothingOfTheErrorOfAnEstimateWithoutVariance) {
  Scene scene(0.95, 0.95, 0.95);
  scene.diagnosis.parameters[0].variance_exists = false;
  scene.diagnosis.parameters[0].variance_ratio = {90, 1};
  scene.diagnosis.parameters[0].bias_in_std_errors = {3, 1};
  auto const sentences = scene.advice({.variance = NeededN{.n = 120, .error = 9, .tried = 500}});
  EXPECT_FALSE(has(sentences, "real standard error"));
  EXPECT_FALSE(has(sentences, "on average"));
  EXPECT_TRUE(has(sentences, "At n = 10 the estimate of shape has no variance; from n of about 120"));
}

TEST(Advice, SaysWhereAnIntervalWasNotFound) {
  Scene scene(0.95, 0.95, 0.95);
  scene.diagnosis.failed = 200;
  scene.diagnosis.parameters[0].likelihood_ratio_not_found = 8;
  auto const sentences = scene.advice();
  EXPECT_TRUE(has(sentences, "Its likelihood-ratio interval was not found in 1 % of samples (the search failed)"));
  EXPECT_TRUE(has(sentences, "20.0 % of the simulated fits gave no estimate"));
}

Needs needs_of(claims::Law const& law, std::int64_t n, std::uint64_t seed = 1) {
  DiagnosisSettings settings;
  settings.seed = seed;
  return search_needed_n(law, diagnose(law, n, settings), settings).front();
}

// The saw of the binomial law: at p = 13/32 the last n whose exact coverage is below 94 % is 143.
TEST(NeededN, IsSummedAtEveryNForCounts) {
  auto const needs = needs_of(test::law("bernoulli", {13.0 / 32}), 32);
  ASSERT_TRUE(needs.wald_coverage && needs.wald_coverage->n);
  EXPECT_TRUE(needs.wald_coverage->is_exact);
  EXPECT_EQ(*needs.wald_coverage->n, 144);
  EXPECT_EQ(needs.wald_coverage->text(), "n = 144");
}

// n Var/bound of an exponential rate is n^3/((n - 1)^2 (n - 2)): 1.05 at n = 81.3, 1.06 at 68.
TEST(NeededN, IsFoundAlongNWhateverTheStart) {
  for (std::int64_t const n : {3, 7, 20})
    for (std::uint64_t const seed : {1u, 2u}) {
      auto const needs = needs_of(test::law("exponential", {0.4}), n, seed);
      ASSERT_TRUE(needs.variance && needs.variance->n) << n;
      EXPECT_NEAR(static_cast<double>(*needs.variance->n), 81.3, 3.5 * needs.variance->error + 1) << n << ' ' << seed;
      EXPECT_LT(needs.variance->error, 25);
    }
}

TEST(NeededN, IsNotSoughtWhereAllIsWellBeyondTheReachOfSums) {
  for (std::int64_t const n : {1700, 5000}) {
    EXPECT_FALSE(needs_of(test::law("bernoulli", {0.4}), n).wald_coverage) << n;
    EXPECT_FALSE(needs_of(test::law("normal_mean", {0.4, 1}), n).wald_coverage) << n;
  }
}

TEST(NeededN, IsNotSoughtWhereAllIsWell) {
  auto const needs = needs_of(test::law("exponential", {0.4}), 400);
  EXPECT_FALSE(needs.variance);
  EXPECT_FALSE(needs.wald_coverage);
}

}  // namespace
}  // namespace fisherlab::runs
