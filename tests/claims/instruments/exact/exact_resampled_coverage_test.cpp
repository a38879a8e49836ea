#include "claims/instruments/exact/exact_resampled_coverage.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/special/distributions.hpp"
#include "claims/instruments/probes/resampled_intervals.hpp"
#include "tests/estimators/samples.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

double exact(Law const& law, std::int64_t n, IntervalMethod method, int resamples = 199) {
  auto const value = exact_resampled_coverage(law, 0, n, {method, Scale::identity, resamples}, 0.05);
  EXPECT_TRUE(value.has_value()) << law.model->card().name;
  return value.value_or(0);
}

// Computed by scipy: for the exponential law the integral over the beta law of the ordered resample's place, for counts
// the sum over totals of binomial tails, for the normal law the integral over Student's density.
TEST(ExactResampledCoverage, IsThatOfOtherIntegrals) {
  auto const rate = law("exponential", {0.4});
  EXPECT_NEAR(exact(rate, 5, IntervalMethod::parametric_percentile), 0.8997381939, 1e-8);
  EXPECT_NEAR(exact(rate, 10, IntervalMethod::parametric_percentile), 0.9235596123, 1e-8);
  EXPECT_NEAR(exact(rate, 80, IntervalMethod::parametric_percentile), 0.9465436614, 1e-8);
  EXPECT_NEAR(exact(law("bernoulli", {0.3}), 20, IntervalMethod::percentile), 0.9541463470, 1e-9);
  EXPECT_NEAR(exact(law("bernoulli", {0.2}), 98, IntervalMethod::percentile), 0.9448390095, 1e-9);
  EXPECT_NEAR(exact(law("normal", {-4, 0.5}), 5, IntervalMethod::parametric_percentile), 0.8479748016, 1e-8);
  EXPECT_NEAR(exact(law("normal", {1e4, 3}), 20, IntervalMethod::parametric_percentile), 0.9294322816, 1e-8);
}

TEST(ExactResampledCoverage, OfAPivotIsThatOfItsRanks) {
  for (auto const& each : {law("exponential", {7}), law("rayleigh", {0.2}), law("normal", {-4, 0.5})}) {
    EXPECT_DOUBLE_EQ(exact(each, 7, IntervalMethod::parametric_t), 0.95);
    EXPECT_DOUBLE_EQ(exact(each, 7, IntervalMethod::parametric_t, 100), 97.0 / 101);  // the places 2 and 99
  }
  // A known standard error makes the percentiles one of the pivots.
  EXPECT_NEAR(exact(law("normal_mean", {2, 3}), 7, IntervalMethod::parametric_percentile), 0.95, 1e-9);
}

TEST(ExactResampledCoverage, IsNotKnownForOthers) {
  auto const unknown = [](Law const& law, IntervalMethod method) {
    return exact_resampled_coverage(law, 0, 10, {method, Scale::identity, 199}, 0.05).has_value();
  };
  EXPECT_FALSE(unknown(law("exponential", {0.4}), IntervalMethod::bca));
  EXPECT_FALSE(unknown(law("exponential", {0.4}), IntervalMethod::percentile));
  EXPECT_FALSE(unknown(law("poisson", {3}), IntervalMethod::percentile));
  EXPECT_FALSE(unknown(law("gamma", {2.5, 1.3}), IntervalMethod::parametric_percentile));
}

TEST(MeanOver, IsThatOfTheLaw) {
  auto const logistic = [](double x) { return 1 / (1 + std::exp(-x)); };
  EXPECT_NEAR(mean_over(&normal_cdf, logistic), 0.5, 1e-12);
  EXPECT_NEAR(mean_over(&normal_cdf, [](double x) { return normal_cdf(1 - x); }), normal_cdf(std::sqrt(0.5)), 1e-10);
}

TEST(RanksOf, RoundOutwardsAndNeedEnoughResamples) {
  EXPECT_EQ(ranks_of(199, 0.05).lower, 5);
  EXPECT_EQ(ranks_of(199, 0.05).upper, 195);
  EXPECT_EQ(ranks_of(100, 0.05).lower, 2);
  EXPECT_THROW(ranks_of(38, 0.05), InputError);
  EXPECT_EQ(ranks_of(39, 0.05).lower, 1);
}

test::Trial covered(Law const& model, std::int64_t n, std::string const& interval, std::string const& margin) {
  return {.claim = "coverage",
          .model = model,
          .sizes = {n},
          .options = {{"interval", interval}, {"margin", margin}, {"rate", "none"}}};
}

runs::RunSettings few_replicates() {
  auto settings = test::small_budget();
  settings.first_replicates = settings.max_replicates = 8192;
  return settings;
}

// tests/data/make_resampled_intervals.py: another program's resamples, 200,000 samples of ten, standard errors 0.0007.
TEST(ResampledIntervals, CoverAsAnotherProgramSays) {
  for (auto const& row : test::read_rows(FISHERLAB_TEST_DATA_DIR "/resampled_intervals.csv")) {
    auto const findings = test::findings_of(covered(law("exponential", {0.4}), 10, row[0], "0.5"), few_replicates());
    ASSERT_EQ(findings.size(), 1u);
    auto const& m = findings[0].measurement;
    double const difference = (0.95 - m.estimate) - std::stod(row[1]);
    EXPECT_LT(std::fabs(difference), 5 * std::hypot(m.std_error, std::stod(row[2]))) << row[0] << " " << m.estimate;
    EXPECT_EQ(m.dropped, 0) << row[0];
  }
}

TEST(ResampledIntervals, HoldAnExactValueAndFailForTheMaximum) {
  auto trial = covered(law("exponential", {7}), 10, "parametric-percentile", "0.03");
  trial.options["against"] = "exact";
  test::expect_verified(trial);
  test::expect_refuted(covered(law("exponential", {7}), 10, "percentile", "0.02"));
  auto const maximum = covered(law("uniform", {3}), 20, "percentile", "0.02");
  test::expect_refuted(maximum);
  EXPECT_DOUBLE_EQ(test::findings_of(maximum, few_replicates())[0].measurement.estimate, 0.95);  // none of them
}

TEST(ResampledIntervals, AreRefusedWhereTheyAreNone) {
  auto trial = covered(law("von_mises", {1, 2}), 10, "percentile", "0.02");
  trial.options["component"] = "mean";
  EXPECT_NE(test::refusal(trial).find("an angle"), std::string::npos);
  trial = covered(law("exponential", {7}), 10, "bca", "0.02");
  trial.options["resamples"] = "20";
  EXPECT_NE(test::refusal(trial).find("give at least 39"), std::string::npos);
  trial.options = {{"interval", "bca"}, {"against", "exact"}};
  EXPECT_NE(test::refusal(trial).find("set against = \"nominal\""), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims
