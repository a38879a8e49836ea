#include "runs/diagnosis/censored/censored_functions.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "runs/diagnosis/censored/censored_calibration.hpp"
#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/censored/censored_families.hpp"
#include "runs/diagnosis/intervals/calibration.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/parameter_functions.hpp"

namespace fisherlab::runs {
namespace {

Observations hours_of_life() {
  return read_observations(std::string(FISHERLAB_TEST_DATA_DIR) + "/life.csv", {.values = "hours", .event = "failed"});
}

CensoredData life_as(std::string const& model) {
  return fit_censored_data(sim::make_model(model, {}), hours_of_life(), 0.95);
}

/// Ten lives of mean 2.5 that were all seen.
CensoredData ten_seen_lives() {
  std::vector<double> const lives = {0.5, 1, 1.5, 2, 2, 2.5, 3, 3.5, 4, 5};
  return fit_censored_data(sim::make_model("exponential", {}), {"lives", lives, std::vector<bool>(10, true), {}}, 0.95);
}

DiagnosisSettings settings_with(std::int64_t replicates, std::uint64_t seed = 1) {
  DiagnosisSettings settings;
  settings.seed = seed;
  settings.threads = 1;
  settings.replicates = replicates;
  return settings;
}

// R: predict(survreg(...), type = "quantile", p = .9, se.fit = TRUE) of life.csv.
TEST(CensoredFunctions, HaveTheErrorsOfTheDeltaMethod) {
  auto const fits = censored_functions_of(life_as("weibull"), parse_functions("quantile(0.9)"), {}, 0.95);
  EXPECT_NEAR(fits[0].estimate, 138.6562, 1e-4);
  EXPECT_NEAR(fits[0].std_error, 25.38033, 1e-4);
}

TEST(CensoredFunctions, HaveTheProfileLikelihoodOfTheParameterThatTheyAre) {
  auto all = test::parameter_functions();
  all.push_back({"exponential", "tail(100)", 0, [](double x) { return std::exp(-100 * x); }});
  all.push_back({"logistic", "mean", 0, test::same});
  for (auto const& each : all) {
    auto const data = life_as(each.model);
    auto const bounds = censored_function_bounds(data, parse_functions(each.function)[0], 3.841458820694124);
    test::expect_mapped(each, bounds, data.fitted.fit.parameters[each.a].likelihood_ratio, 2e-6);
  }
}

// Without censoring: |G/n - 1| <= z G/n/sqrt(n), G ~ Gamma(n, 1); on the log scale |log(G/n)| <= z/sqrt(n).
TEST(CensoredFunctions, HaveTheCoverageOfTheGammaLaw) {
  boost::math::gamma_distribution<> const law(10.0, 1.0);
  double const reach = 1.959963984540054 / std::sqrt(10.0);
  double const plain = cdf(law, 10 / (1 - reach)) - cdf(law, 10 / (1 + reach));
  double const by_log = cdf(law, 10 * std::exp(reach)) - cdf(law, 10 * std::exp(-reach));
  auto const data = ten_seen_lives();
  for (std::uint64_t const seed : {1u, 2u}) {
    auto const mean = diagnose_censored(data, settings_with(16'384, seed), parse_functions("mean")).functions[0];
    ASSERT_EQ(mean.size(), 3u);
    EXPECT_NEAR(mean[0].coverage.value, plain, 4.5 * mean[0].coverage.mcse);
    EXPECT_NEAR(mean[1].coverage.value, by_log, 4.5 * mean[1].coverage.mcse);
    EXPECT_NEAR(mean[0].above, 1 - cdf(law, 10 / (1 - reach)), 0.003) << "it lies above where G is large";
    EXPECT_LT(plain, 0.91) << "the control: far from 95 %";
  }
}

// The samples are the same, so that as many hold the truth: the scale is the quantile of 1 - 1/e.
TEST(CensoredFunctions, HaveTheCoverageOfTheParameterThatTheyAre) {
  auto const found =
      diagnose_censored(life_as("weibull"), settings_with(2048), parse_functions("quantile(0.6321205588285577)"));
  auto const& scale = found.diagnosis.parameters[1];
  EXPECT_NEAR(found.functions[0].back().coverage.value, scale.likelihood_ratio.value, 0.001);
  EXPECT_NEAR(found.functions[0][0].coverage.value, scale.wald.value, 0.001);
}

// Without censoring the statistics have the law that they have without it; the quantiles' errors are .08 each.
TEST(CensoredCalibration, HasTheCutOffOfSamplesWithoutCensoring) {
  auto const model = sim::make_model("weibull", {});
  auto const data = fit_censored_data(model, {"lives", {1, 2, 3, 4, 7}, std::vector<bool>(5, true), {}}, 0.95);
  CensoredDraws const draws(data);
  auto const law = data.fitted.law();
  auto const ours = calibrated_cut_offs(
      censored_source(law, parse_functions("quantile(0.6321205588285577)"), draws, 5, 0.95), settings_with(8192));
  auto const other = calibrated_cut_offs(source_of(law, components(*model), 5, 0.95), settings_with(8192));
  for (std::size_t a = 0; a < 2; ++a) EXPECT_NEAR(ours[a], other[a], 0.6) << a;
  EXPECT_NEAR(ours[2], ours[1], 0.02) << "the same samples";
  EXPECT_GT(ours[1], 4.6) << "the control: chi-squared's is 3.84";
}

// At n = 6 likelihood ratio misses oftener than declared, the calibrated interval as declared.
TEST(CensoredCalibration, MissesAsDeclared) {
  auto const model = sim::make_model("weibull", {});
  auto data = fit_censored_data(
      model, {"lives", {1, 2, 3, 4, 5, 5, 5}, {true, true, true, true, true, false, false}, {}}, 0.95);
  CensoredDraws const draws(data);
  auto found = diagnose_censored(data, settings_with(16'384));
  std::vector<FunctionFit> none;
  add_calibrated_censored(data, draws, {}, settings_with(16'384), found.diagnosis, none);
  auto const& scale = found.diagnosis.parameters[1];
  EXPECT_LT(scale.likelihood_ratio.value, 0.935);
  ASSERT_EQ(scale.further.size(), 1u);
  EXPECT_NEAR(scale.further[0].coverage.value, 0.95, 0.006 + 4.5 * scale.further[0].coverage.mcse);
  auto const& on_data = data.fitted.fit.parameters[1];
  EXPECT_LT(on_data.further[0].bounds.lower, on_data.likelihood_ratio.lower);
  EXPECT_GT(on_data.further[0].bounds.upper, on_data.likelihood_ratio.upper);
}

TEST(CensoredFamilies, AreRankedByTheirLikelihood) {
  auto const data = hours_of_life();
  auto const families = fit_censored_families("all", data, sim::shipped_models(), 0.95);
  auto const fits = ranked(families, data, {.threads = 1});
  EXPECT_EQ(fits.size(), 7u);
  for (std::size_t i = 1; i < fits.size(); ++i) EXPECT_GE(fits[i].aic, fits[i - 1].aic);
  double sum = 0;
  std::map<std::string, double> aic;
  for (auto const& f : fits) {
    sum += f.aic_weight;
    ASSERT_TRUE(f.p_value.has_value());
    aic[f.model] = f.aic;
  }
  // R: AIC(survreg(Surv(hours, failed) ~ 1, dist = ...)).
  EXPECT_NEAR(aic["exponential"], 276.9030738, 1e-6);
  EXPECT_NEAR(aic["weibull"], 274.0434655, 1e-6);
  EXPECT_NEAR(aic["lognormal"], 273.7154976, 1e-6);
  EXPECT_NEAR(aic["normal"], 280.5906011, 1e-6);
  EXPECT_NEAR(aic["logistic"], 282.6039024, 1e-6);
  EXPECT_NEAR(sum, 1, 1e-12);
}

// An exponential law fitted to the quantiles of Weibull's of shape 3, given up at 12: its standard error is that of
// theory, too large here.
TEST(WithoutModel, OfCensoredDataHasTheRowsOwnStandardError) {
  Observations lives{"lives", {}, {}, {}};
  for (int i = 0; i < 60; ++i) {
    double const life = 10 * std::cbrt(-std::log(1 - (i + 0.5) / 60));
    lives.values.push_back(std::fmin(life, 12));
    lives.is_observed.push_back(life <= 12);
  }
  auto const data = fit_censored_data(sim::make_model("exponential", {}), lives, 0.95);
  auto const found = without_model(data, CensoredDraws(data), sim::shipped_models(), settings_with(2048));
  ASSERT_TRUE(found.resampling && found.rival);
  EXPECT_EQ(found.rival->law, "weibull") << "the best of the others";
  double const sandwich = std::sqrt(estimators::censored_score_products(*data.law, data.sample, data.fit.theta)[0]) *
                          data.fit.covariance[0];
  EXPECT_NEAR(found.resampling->std_errors[0], sandwich, 0.1 * sandwich);
  EXPECT_LT(sandwich, 0.7 * data.fit.std_errors[0]);
  EXPECT_GT(found.resampling->worth[0].wald.value, 0.99) << "so that Wald holds too often";
  EXPECT_GT(found.rival->worth[0].wald.value, 0.99);
  EXPECT_NEAR(found.rival->std_errors[0], sandwich, 0.1 * sandwich);
}

}  // namespace
}  // namespace fisherlab::runs
