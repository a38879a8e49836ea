#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numbers>
#include <string>

#include "base/text/number.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial better(Law const& model, std::int64_t n, std::string const& best, std::string const& other) {
  return {.claim = "rao-blackwell", .model = model, .sizes = {n}, .options = {{"against", other}}, .estimator = best};
}

TEST(RaoBlackwell, ComparesOnCommonReplicates) {
  auto const trial = better(law("normal_mean", {-4, 0.5}), 11, "sample_mean", "trimmed_mean(0.2)");
  test::expect_verified(trial);
  test::expect_verified(better(law("exponential", {0.4}), 10, "best_unbiased_tail(3)", "share_above(3)"));
  test::expect_verified(better(law("poisson", {0.61}), 10, "sample_mean", "sample_variance"));  // both aim at the mean
}

TEST(RaoBlackwell, HasTheExactRatioOfTheMedianOfThree) {
  // Var of the median of three N(0, 1) is 1 - sqrt(3)/pi; of the mean 1/3.
  auto const f = test::findings_of(better(law("normal_mean", {2, 3}), 3, "sample_mean", "sample_median"))[0];
  double const exact = 1 / (3 * (1 - std::sqrt(3) / std::numbers::pi));
  EXPECT_LT(f.measurement.lower, exact);
  EXPECT_GT(f.measurement.upper, exact);
}

TEST(RaoBlackwell, KnowsTheRatioAndSeesDataThatAreDrawnBesideTheta) {
  // 1/21 over the variance of the middle of 21 standard normal numbers, 0.0732597549865, by quadrature.
  auto trial = better(law("normal_mean", {2, 3}), 21, "sample_mean", "sample_median");
  trial.options["ratio"] = "0.6500028";
  trial.options["margin"] = "0.03";
  test::expect_verified(trial);
  trial.defect.shift = 0.1;
  test::expect_refuted(trial);
  trial.options["ratio"] = "1.5";
  EXPECT_NE(test::refusal(trial).find("between 0"), std::string::npos);
}

TEST(RaoBlackwell, IsRefutedTheOtherWayRound) {
  test::expect_refuted(better(law("exponential", {0.4}), 10, "share_above(3)", "best_unbiased_tail(3)"));
}

TEST(RaoBlackwell, RefusesWhatCannotBeCompared) {
  auto const says = [](test::Trial const& trial, std::string const& part) {
    auto const message = test::refusal(trial);
    EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  auto const model = law("normal_mean", {-4, 0.5});
  says(better(model, 10, "sample_mean", ""), "name the other");
  says(better(model, 10, "sample_mean", "share_above(3)"), "estimate different things");
  says(better(model, 10, "sample_mean", "shrunk_mean"), "is biased");
}

test::Trial risk(std::string const& estimator, std::string const& state, std::int64_t n = 100) {
  return {.claim = "local-minimax",
          .model = law("normal_mean", {0, 1}),
          .sizes = {n},
          .options = {{"state", state}},
          .estimator = estimator};
}

/// n E(t - theta)^2 of Hodges' estimator at theta = h/sqrt(n), c = n^1/4: 1 + the integral over |z + h| <= c of
/// (h^2 - z^2) phi(z).
double hodges_risk(double h, double n) {
  boost::math::normal const z;
  double const c = std::pow(n, 0.25), a = -c - h, b = c - h;
  double const mass = cdf(z, b) - cdf(z, a);
  return 1 + h * h * mass - (mass - (b * pdf(z, b) - a * pdf(z, a)));
}

TEST(LocalMinimax, HoldsAroundThetaForEveryEstimator) {
  for (std::string const estimator : {"mle", "hodges", "shrunk_mean"})
    test::expect_verified(risk(estimator, "around-theta"));
}

// n I E(mean - theta_h)^2 = 1 at every h and n, by the stated I.
TEST(LocalMinimax, SeesAStatedInformationThatIsOff) {
  auto trial = risk("mle", "no-worse", 5);
  trial.options["steps"] = "1";
  trial.options["margin"] = "0.05";
  test::expect_verified(trial);
  trial.defect.information_factor = 1.1;
  test::expect_refuted(trial);
}

TEST(LocalMinimax, IsRefutedAtThetaItselfForHodges) {
  auto const trial = risk("hodges", "at-each-theta");
  test::expect_refuted(trial);
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, hodges_risk(0, 100), 5 * m.std_error);
  auto mean = risk("mle", "at-each-theta");
  mean.options["margin"] = "0.03";
  test::expect_verified(mean);
}

TEST(LocalMinimax, MeasuresHowMuchHodgesLosesNearby) {
  test::expect_refuted(risk("hodges", "no-worse"));
  double before = 0;
  for (std::int64_t const n : {100, 10'000}) {
    auto trial = risk("hodges", "no-worse", n);
    trial.options["reach"] = exact_text(std::pow(static_cast<double>(n), 0.25));
    auto const m = test::findings_of(trial)[0].measurement;
    double largest = 0;
    for (int k = 0; k <= 4; ++k)
      largest = std::max(largest, hodges_risk(std::pow(static_cast<double>(n), 0.25) * k / 4, static_cast<double>(n)));
    EXPECT_NEAR(m.estimate, largest, 0.03 * largest);
    EXPECT_GT(m.estimate, 2 * before);  // it grows as sqrt(n)
    before = m.estimate;
  }
}

TEST(SteinRisk, HoldsAndIsRefutedWithoutItsDivergence) {
  test::Trial trial{.claim = "stein-risk", .model = law("normal_vector", {1, -0.5, 0.2, 2, 0, 1.5}), .sizes = {4}};
  trial.options["margin"] = "0.03";
  test::expect_verified(trial);
  trial.options["form"] = "no-divergence";
  test::expect_refuted(trial);
}

TEST(BiasedBound, HoldsWithItsBiasAndFailsWithout) {
  test::Trial trial{.claim = "biased-bound", .model = law("normal_mean", {0.05, 1}), .sizes = {10}};
  trial.estimator = "shrunk_mean";
  trial.options["margin"] = "0.03";
  test::expect_verified(trial);
  // Attained by a linear function of the sufficient statistic.
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 1, 5 * m.std_error);
  trial.options["form"] = "unbiased";
  test::expect_refuted(trial);
  trial.options["form"] = "biased";
  trial.model = law("normal_vector", {1, -0.5, 0.2, 2, 0, 1});
  trial.estimator = "james_stein";
  test::expect_verified(trial);
}

test::Trial prior(Law const& model, std::string const& shape, std::string const& form, std::string const& width) {
  return {.claim = "van-trees",
          .model = model,
          .sizes = {1},
          .options = {{"prior", shape}, {"form", form}, {"width", width}}};
}

TEST(VanTrees, BoundsTheLeastAverageRisk) {
  test::expect_verified(prior(law("normal_mean", {2, 3}), "cosine", "bound", "2"));
  test::expect_verified(prior(law("poisson", {9.3}), "cosine", "bound", "1"));
  test::expect_verified(prior(law("exponential", {0.4}), "cosine", "bound", "0.5"));
  test::expect_verified(prior(law("normal_mean", {2, 3}), "normal", "attained", "0.7"));
}

TEST(VanTrees, IsRefutedWithoutThePrior) {
  auto const trial = prior(law("normal_mean", {2, 3}), "normal", "without-prior", "0.7");
  test::expect_refuted(trial);
  // 1/(1 + 1/0.49) of a bound of 1.
  EXPECT_NEAR(test::findings_of(trial)[0].measurement.estimate, 0.49 / 1.49, 1e-7);
}

test::Trial squared_mean(Law const& model, double efficiency) {
  return {.claim = "bhattacharyya", .model = model, .sizes = {1}, .options = {{"efficiency", exact_text(efficiency)}}};
}

TEST(Bhattacharyya, IsAttainedInItsSecondOrder) {
  // X^2 - 1 of N(m, 1): 4 m^2 of 4 m^2 + 2. X (X - 1) of a Poisson count: 4 m^3 of 4 m^3 + 2 m^2.
  test::expect_verified(squared_mean(law("normal_mean", {2, 1}), 16.0 / 18));
  test::expect_verified(squared_mean(law("poisson", {0.61}), 4 * 0.61 / (4 * 0.61 + 2)));
  test::expect_verified(squared_mean(law("exponential", {0.4}), 0.8));  // X^2/2: variance 5 m^4, bound 4 m^4
  test::expect_verified({.claim = "bhattacharyya", .model = law("geometric", {0.3}), .sizes = {1}});
  test::expect_verified({.claim = "bhattacharyya", .model = law("binomial", {0.3, 7}), .sizes = {1}});
}

TEST(Bhattacharyya, FindsQuadraticVariancesByItself) {
  // V = m^2/shape, t = X^2/(1 + 1/shape): Var t = m^4 ((1 + 2/k)(1 + 3/k)/(1 + 1/k) - 1), first bound 4 m^4/k.
  double const k = 2.5;
  test::expect_verified(squared_mean(law("gamma", {k, 1.3}), 4 / k / ((1 + 2 / k) * (1 + 3 / k) / (1 + 1 / k) - 1)));
  test::expect_verified(squared_mean(law("normal", {2, 1}), 16.0 / 18));
  EXPECT_NE(test::refusal(squared_mean(law("bernoulli", {0.3}), 1)).find("single trials"), std::string::npos);
  EXPECT_NE(test::refusal(squared_mean(law("inverse_gaussian", {3, 4}), 1)).find("is none"), std::string::npos);
}

TEST(Bhattacharyya, IsRefutedInItsFirst) {
  auto trial = squared_mean(law("normal_mean", {2, 1}), 1);
  trial.options["order"] = "first";
  test::expect_refuted(trial);
}

}  // namespace
}  // namespace fisherlab::claims
