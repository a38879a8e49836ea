#include "runs/diagnosis/functions/functions.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "runs/diagnosis/functions/function_bounds.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/parameter_functions.hpp"

namespace fisherlab::runs {
namespace {

std::vector<double> const lives = {0.5, 1, 1.5, 2, 2, 2.5, 3, 3.5, 4, 5};

/// Ten lives of mean 2.5, so that the rate is estimated as 0.4.
FittedData ten_lives() { return fit_to_data(sim::make_model("exponential", {}), {"lives", lives}, 0.95); }

std::vector<FunctionFit> found(std::string const& names, std::uint64_t seed = 1) {
  DiagnosisSettings settings;
  settings.seed = seed;
  settings.threads = 1;
  settings.replicates = 16'384;
  auto const fitted = ten_lives();
  return functions_of(fitted, {"lives", lives}, parse_functions(names), settings);
}

// By hand: g = 1/rate has the standard error 1/(rate sqrt(n)); the quantile is -log(1 - p) times that; P(X > c) =
// exp(-rate c) has c exp(-rate c) rate/sqrt(n).
TEST(Functions, HaveTheErrorsOfTheDeltaMethod) {
  auto const fits = found("mean,sd,median,quantile(0.9),tail(3)");
  ASSERT_EQ(fits.size(), 5u);
  double const root = std::sqrt(10.0), p = std::exp(-1.2);
  double const estimates[] = {2.5, 2.5, 2.5 * std::log(2), 2.5 * std::log(10), p};
  double const errors[] = {2.5 / root, 2.5 / root, 2.5 * std::log(2) / root, 2.5 * std::log(10) / root,
                           3 * p * 0.4 / root};
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_NEAR(fits[k].estimate, estimates[k], 1e-9) << fits[k].name;
    EXPECT_NEAR(fits[k].std_error, errors[k], 1e-9) << fits[k].name;
    ASSERT_EQ(fits[k].intervals.size(), 4u);
    EXPECT_NEAR(fits[k].intervals[0].on_data.upper, estimates[k] + 1.959964 * errors[k], 1e-5);
  }
  double const odds = p / (1 - p), factor = std::exp(1.959964 * errors[4] / (p * (1 - p)));
  EXPECT_NEAR(fits[4].intervals[1].on_data.lower, odds / factor / (1 + odds / factor), 1e-6);
  EXPECT_NEAR(fits[4].intervals[1].on_data.upper, odds * factor / (1 + odds * factor), 1e-6);
  EXPECT_EQ(fits[4].intervals[1].name, "delta (logit scale)");
}

// The mean's interval holds the truth where |G/n - 1| <= z G/n/sqrt(n), G ~ Gamma(n, 1); on the log scale where
// |log(G/n)| <= z/sqrt(n).
TEST(Functions, HaveTheCoverageOfTheGammaLaw) {
  boost::math::gamma_distribution<> const law(10.0, 1.0);
  double const reach = 1.959963984540054 / std::sqrt(10.0);
  double const plain = cdf(law, 10 / (1 - reach)) - cdf(law, 10 / (1 + reach));
  double const by_log = cdf(law, 10 * std::exp(reach)) - cdf(law, 10 * std::exp(-reach));
  for (std::uint64_t const seed : {1u, 2u}) {
    auto const mean = found("mean", seed)[0];
    EXPECT_NEAR(mean.intervals[0].coverage.value, plain, 4.5 * mean.intervals[0].coverage.mcse);
    EXPECT_NEAR(mean.intervals[1].coverage.value, by_log, 4.5 * mean.intervals[1].coverage.mcse);
    EXPECT_NEAR(mean.intervals[0].above, 1 - cdf(law, 10 / (1 - reach)), 0.003) << "it lies above where G is large";
    EXPECT_LT(plain, 0.91) << "the control: far from 95 %";
  }
}

FunctionInterval const& interval_named(FunctionFit const& fit, std::string const& name) {
  for (auto const& i : fit.intervals)
    if (i.name == name) return i;
  throw std::logic_error("no interval called " + name);
}

TEST(Functions, HaveTheProfileLikelihoodOfTheParameterThatTheyAre) {
  auto all = test::parameter_functions();
  all.push_back({"gamma", "variance/mean", 1, test::inverse});
  all.push_back({"gamma", "mean*mean/variance", 0, test::same});
  all.push_back({"inverse_gaussian", "mean", 0, test::same});
  for (auto const& each : all) {
    auto const fitted = fit_to_data(sim::make_model(each.model, {}), {"lives", lives}, 0.95);
    auto const f = parse_functions(each.function)[0];
    auto const bounds =
        function_bounds(fitted, lives, f, 0.3 * function_value(fitted.law(), f)->value, 3.841458820694124);
    test::expect_mapped(each, bounds, fitted.fit.parameters[each.a].likelihood_ratio, 1e-6);
  }
}

// The samples of a seed are the same, so that as many hold the truth.
TEST(Functions, HaveTheCoverageOfTheParameterThatTheyAre) {
  DiagnosisSettings settings;
  settings.replicates = 8192;
  auto const fitted = fit_to_data(sim::make_model("gamma", {}), {"lives", lives}, 0.95);
  auto const fits = functions_of(fitted, {"lives", lives}, parse_functions("sd/mean,mean"), settings);
  auto const& ratio = interval_named(fits[0], "likelihood-ratio");
  auto const shape = diagnose(fitted.law(), 10, settings).parameters[0];
  EXPECT_NEAR(ratio.coverage.value, shape.likelihood_ratio.value, 0.001);
  EXPECT_NEAR(1 - ratio.coverage.value - ratio.above, shape.likelihood_ratio_above, 0.001)
      << "sd/mean falls with shape";
  EXPECT_GT(ratio.known, 0.999);
  // The control: chi-squared's quantile misses more often than declared, the calibrated one does not.
  EXPECT_LT(ratio.coverage.value, 0.935);
  auto const& calibrated = interval_named(fits[0], "calibrated likelihood-ratio");
  EXPECT_NEAR(calibrated.coverage.value, 0.952, 4.5 * calibrated.coverage.mcse);
  EXPECT_LT(calibrated.on_data.lower, ratio.on_data.lower);
  EXPECT_GT(calibrated.on_data.upper, ratio.on_data.upper);
}

TEST(Functions, ThatDoNotExistAreRefused) {
  for (auto const* const text :
       {"maen", "quantile", "quantile(1)", "mean(2)", "tail", "mean,", "sd/", "*mean", "sd//mean", "mean*size"})
    EXPECT_THROW(parse_functions(text), InputError) << text;
  auto const cauchy = fit_to_data(sim::make_model("cauchy", {}), {"lives", lives}, 0.95);
  EXPECT_THROW(check_functions(cauchy, parse_functions("mean")), InputError);
  EXPECT_NO_THROW(check_functions(ten_lives(), parse_functions("mean,tail(1)")));
}

}  // namespace
}  // namespace fisherlab::runs
