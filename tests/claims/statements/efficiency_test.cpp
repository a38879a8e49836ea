#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

runs::RunSettings more() {
  auto settings = test::small_budget();
  settings.first_replicates = 65'536;
  return settings;
}

// (n - 1)^2 (n - 2)/n^3 for the exponential rate: 0.35 off at 10, 0.05 off at 80. Margins of 0.08, the claim's own
// 0.03.
TEST(Efficiency, OfMaximumLikelihoodReachesOne) {
  test::expect_verified({.claim = "efficiency",
                         .model = law("exponential", {0.4}),
                         .sizes = {10, 20, 40, 80},
                         .options = {{"margin", "0.08"}}},
                        more());
}

TEST(Efficiency, IsMeasuredForTheComponentThatIsNamed) {
  test::Trial trial{.claim = "efficiency",
                    .model = law("normal", {2, 3}),
                    .sizes = {10},
                    .options = {{"component", "mean"}, {"margin", "0.03"}}};
  test::expect_verified(trial);
  EXPECT_EQ(test::findings_of(trial)[0].measurement.statistic, "efficiency of mle for mean less its limit");
  trial.options["component"] = "sd";
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_EQ(m.statistic, "efficiency of mle for sd less its limit");
  EXPECT_GT(m.lower, 0);  // sd^2/(2n) over its variance at n = 10 is above 1: the estimate is biased
}

// n Var of the median -> 1/(4 p(median)^2): 2/pi of a normal law, 3/4 of a logistic one.
TEST(Efficiency, OfTheMedianReachesItsLimit) {
  test::expect_verified({.claim = "efficiency",
                         .model = law("normal_mean", {2, 3}),
                         .sizes = {101},
                         .options = {{"limit", "0.6366197723675814"}, {"margin", "0.04"}},
                         .estimator = "sample_median"});
  test::expect_verified({.claim = "efficiency",
                         .model = law("logistic", {2, 3}),
                         .sizes = {101},
                         .options = {{"limit", "0.75"}, {"margin", "0.04"}},
                         .estimator = "sample_median"});
}

// By moments the gamma shape keeps 0.632 of the information: claimed efficient, it is refuted.
TEST(Efficiency, IsRefutedForMomentsClaimedEfficient) {
  test::expect_refuted(
      {.claim = "efficiency", .model = law("gamma", {2.5, 1.3}), .sizes = {40, 80, 160, 320}, .estimator = "moments"});
}

// The interval of a variance is turned upside down: both of its ends lie well beyond the standard error.
TEST(Efficiency, HasAnIntervalOnBothSides) {
  auto const m =
      test::findings_of(
          {.claim = "efficiency", .model = law("gamma", {2.5, 1.3}), .sizes = {80}, .estimator = "moments"})[0]
          .measurement;
  EXPECT_LT(m.lower, m.estimate - 4 * m.std_error);
  EXPECT_GT(m.upper, m.estimate + 4 * m.std_error);
  EXPECT_NEAR(m.upper - m.lower, 2 * 1.2 * 5 * m.std_error, 2 * m.std_error);  // at an error of 1e-6/2
}

TEST(Efficiency, IsRefutedForPlantedDefects) {
  test::expect_refuted({.claim = "efficiency",
                        .model = law("normal_mean", {2, 3}),
                        .sizes = {5},
                        .options = {{"margin", "0.01"}},
                        .defect = {.information_factor = 1.06}});
  test::expect_refuted(
      {.claim = "efficiency", .model = law("exponential", {0.4}), .sizes = {80}, .defect = {.scale_for_rate = true}});
}

}  // namespace
}  // namespace fisherlab::claims
