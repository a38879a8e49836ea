#include "claims/instruments/probes/common_probes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "estimators/catalogue.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

/// Two observations a lane; lane 0 holds 1 and 4, lane 1 holds 0 and 2, the others 3 and 3.
sim::Sample tiny_sample() {
  sim::Sample sample(2, 1);
  sample(0) = 3.0;
  sample(1) = 3.0;
  sample(0).set(0, 1.0);
  sample(1).set(0, 4.0);
  sample(0).set(1, 0.0);
  sample(1).set(1, 2.0);
  return sample;
}

/// What a probe writes down of the tiny sample.
sim::Observed observed(Probe const& probe, Law const& law) {
  Scenario const scenario{{law, law, {}}, 2};
  auto const sample = tiny_sample();
  auto const p = law.theta.size();
  ScoreSums scores;
  scores.score.resize(p);
  scores.outer.resize(sim::packed_size(p));
  scores.hessian.resize(sim::packed_size(p));
  std::vector<sim::Lanes> const theta(law.theta.begin(), law.theta.end());
  law.model->score_products(sample, theta.data(), scores.score.data(), scores.outer.data(), scores.hessian.data());
  estimators::Estimates estimates;
  if (probe.estimator) probe.estimator->estimate(sample, estimates);
  sim::Observed out(probe.shape);
  probe.observe({scenario, sample, sim::all_lanes, scores, probe.estimator ? &estimates : nullptr}, out);
  return out;
}

// Exponential at rate 0.5: s = 2 - x, I = 4, v = (4 - sum x)/(2 sqrt(2)).
TEST(ScoreProbe, WhitensTheSumOfScores) {
  auto const law = test::law("exponential", {0.5});
  auto const probe = score_probe(law, 3);
  EXPECT_EQ(probe.scenario, 3u);
  EXPECT_TRUE(probe.needs_scores);
  EXPECT_EQ(probe.shape.values, 2);
  auto const out = observed(probe, law);
  EXPECT_NEAR(out.values[0][0], -1 / std::sqrt(8.0), 1e-15);
  EXPECT_NEAR(out.values[1][0], 1.0 / 8, 1e-15);
  EXPECT_NEAR(out.values[0][1], 2 / std::sqrt(8.0), 1e-15);
  EXPECT_NEAR(out.values[1][1], 0.5, 1e-15);
}

// Normal at mean 2, sd 3, with z = (x - 2)/3: s = (z, z^2 - 1)/3, I^-1/2 = diag(3, 3/sqrt(2)).
TEST(ScoreProbe, HoldsVectorsAndTheirSquares) {
  auto const law = test::law("normal", {2, 3});
  auto const out = observed(score_probe(law, 0), law);
  ASSERT_EQ(out.values.size(), 5u);
  double const z[] = {-1.0 / 3, 2.0 / 3};
  double const first = (z[0] + z[1]) / std::sqrt(2.0);
  double const second = (z[0] * z[0] + z[1] * z[1] - 2) / 2;
  EXPECT_NEAR(out.values[0][0], first, 1e-15);
  EXPECT_NEAR(out.values[1][0], second, 1e-15);
  EXPECT_NEAR(out.values[2][0], first * first, 1e-15);
  EXPECT_NEAR(out.values[3][0], std::sqrt(2.0) * first * second, 1e-15);
  EXPECT_NEAR(out.values[4][0], second * second, 1e-15);
}

// Gamma at shape 2, rate 0.5: the mean is 4 with bound Var x = 8; the sample means are 2.5 and 1.
TEST(ErrorProbe, WhitensByTheBoundOfTheTarget) {
  auto const law = test::law("gamma", {2, 0.5});
  auto const out = observed(error_probe(law, 0, estimators::make_estimator("sample_mean", law.model)), law);
  ASSERT_EQ(out.values.size(), 2u);
  EXPECT_NEAR(out.values[0][0], std::sqrt(2.0) * -1.5 / std::sqrt(8.0), 1e-15);
  EXPECT_NEAR(out.values[1][0], 2.25 / 4, 1e-15);
  EXPECT_NEAR(out.values[0][1], std::sqrt(2.0) * -3 / std::sqrt(8.0), 1e-15);
}

// Normal at mean 2, sd 3: I^1/2 = diag(1, sqrt(2))/3; the estimates in lane 0 are 2.5 and 1.5.
TEST(ErrorProbe, WhitensThetaByTheRootOfItsInformation) {
  auto const law = test::law("normal", {2, 3});
  auto const out = observed(error_probe(law, 0, estimators::make_estimator("mle", law.model)), law);
  ASSERT_EQ(out.values.size(), 5u);
  double const first = std::sqrt(2.0) * 0.5 / 3;
  double const second = std::sqrt(2.0) * std::sqrt(2.0) * -1.5 / 3;
  EXPECT_NEAR(out.values[0][0], first, 1e-14);
  EXPECT_NEAR(out.values[1][0], second, 1e-14);
  EXPECT_NEAR(out.values[3][0], std::sqrt(2.0) * first * second, 1e-14);
}

TEST(EstimatorOf, IsTheOneOfTheCaseElseMaximumLikelihood) {
  Case the_case;
  auto const law = test::law("gamma", {2.5, 1.3});
  the_case.setting = {law, law, {}};
  EXPECT_EQ(estimator_of(the_case)->name(), "mle");
  the_case.estimator = "moments";
  EXPECT_EQ(estimator_of(the_case)->name(), "moments");
  the_case.estimator = "best_unbiased";
  EXPECT_THROW(estimator_of(the_case), InputError);
  the_case.estimator = estimators::make_estimator("sample_mean", law.model);  // of the caller's own
  EXPECT_EQ(estimator_of(the_case)->name(), "sample_mean");
}

}  // namespace
}  // namespace fisherlab::claims
