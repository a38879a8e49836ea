// Intervals side by side in a simulation: coverage, misses and power against exact values.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "claims/instruments/exact/exact_coverage.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/simulate.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

using claims::IntervalMethod;

Simulation compared(claims::Law const& law, std::int64_t n, std::vector<IntervalMethod> const& methods) {
  Simulation simulation;
  simulation.law = law;
  simulation.sizes = {n};
  simulation.replicates = 65'536;
  simulation.estimators = make_estimators({"mle"}, law.model, "--estimator");
  simulation.intervals = methods;
  simulation.seed = 5;
  simulation.threads = 1;
  return simulation;
}

/// P(2 n (w - 1 - log w) <= z^2) with n w = rate sum x ~ Gamma(n): the coverage of the likelihood ratio's interval for
/// an exponential rate, its ends by bisection.
double likelihood_ratio_coverage(double n, double z) {
  auto const end = [&](double inside, double outside) {
    for (int k = 0; k < 100; ++k) {
      double const w = (inside + outside) / 2;
      (2 * n * (w - 1 - std::log(w)) <= z * z ? inside : outside) = w;
    }
    return inside;
  };
  return gamma_cdf(n * end(1, 20), {n}) - gamma_cdf(n * end(1, 1e-9), {n});
}

// 5 Monte Carlo errors: a false alarm once in 1.7 million.
TEST(ComparedIntervals, HaveTheirExactCoverage) {
  auto const law = test::law("exponential", {0.4});
  auto const rows =
      simulate(compared(law, 10, {IntervalMethod::wald, IntervalMethod::score, IntervalMethod::likelihood_ratio}))
          .performance;
  ASSERT_EQ(rows.size(), 3u);
  std::string const names[] = {"mle [wald]", "mle [score]", "mle [likelihood-ratio]"};
  double const z = claims::critical_value(0.95);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(rows[k].estimator, names[k]);
    auto const method = claims::interval_method(names[k].substr(5, names[k].size() - 6));
    auto const exact =
        k == 2 ? likelihood_ratio_coverage(10, z) : claims::exact_coverage(law, 0, 10, {method}, z).value();
    EXPECT_NEAR(rows[k].coverage->value, exact, 5 * rows[k].coverage->mcse) << names[k];
    EXPECT_NEAR(rows[k].coverage->value + rows[k].missed_below->value + rows[k].missed_above->value, 1, 1e-12);
    EXPECT_FALSE(rows[k].power);
    EXPECT_EQ(rows[k].failed, 0);
    EXPECT_EQ(rows[k].bias.value, rows[0].bias.value);
  }
  EXPECT_TRUE(rows[0].be_coverage);
  EXPECT_FALSE(rows[1].be_coverage);  // it takes the ends of the interval
}

// The estimate is N(mean, sd^2/n): the power of |estimate - null| > z sd/n^1/2 with d = (mean - null) n^1/2/sd is
// Phi(d - z) + Phi(-d - z).
TEST(ComparedIntervals, HaveTheExactPowerOfANormalMean) {
  claims::Law const law{sim::make_model("normal_mean", std::vector<double>{2}), {3}};
  for (double const null : {2.5, 3.0}) {
    auto simulation = compared(law, 25, {IntervalMethod::wald, IntervalMethod::likelihood_ratio});
    simulation.null_values = {null};
    double const d = (3 - null) * 5 / 2, z = claims::critical_value(0.95);
    double const power = normal_cdf(d - z) + normal_cdf(-d - z);
    for (auto const& row : simulate(simulation).performance) {
      EXPECT_NEAR(row.power->value, power, 5 * row.power->mcse) << row.estimator << ' ' << null;
      EXPECT_NEAR(row.missed_below->value, 0.025, 5 * row.missed_below->mcse);
      EXPECT_NEAR(row.missed_above->value, 0.025, 5 * row.missed_above->mcse);
    }
  }
}

TEST(ComparedIntervals, TellTheSidesOfSkewedEstimates) {
  auto const rows = simulate(compared(test::law("exponential", {0.4}), 10, {IntervalMethod::score})).performance;
  // Rao's test rejects where |1 - rate mean| > z/n^1/2; n rate mean is Gamma(n): the upper end is missed where the mean
  // is large, the estimate small.
  double const z = claims::critical_value(0.95) * std::sqrt(10.0);
  EXPECT_NEAR(rows[0].missed_below->value, 1 - gamma_cdf(10 + z, {10}), 5 * rows[0].missed_below->mcse);
  EXPECT_NEAR(rows[0].missed_above->value, gamma_cdf(10 - z, {10}), 5 * rows[0].missed_above->mcse);
}

TEST(ComparedIntervals, AreTheSameBitsOnAnyNumberOfThreads) {
  auto simulation = compared(test::law("gamma", {2.5, 1.3}), 10, {IntervalMethod::score, IntervalMethod::wald});
  simulation.replicates = 4096;
  simulation.null_values = {2.0, std::nullopt};
  auto const one = simulate(simulation);
  simulation.threads = 2;
  auto const two = simulate(simulation);
  EXPECT_EQ(one.fingerprint, two.fingerprint);
  EXPECT_EQ(table_csv(one.performance).bytes, table_csv(two.performance).bytes);
}

TEST(ComparedIntervals, AreRefusedWhereThereAreNone) {
  auto const refusal = [](Simulation const& simulation) -> std::string {
    try {
      check(simulation);
    } catch (InputError const& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal(compared(test::law("gamma", {2.5, 1.3}), 10, {IntervalMethod::wilson})),
            "wilson is an interval for a probability of success, and gamma counts no trials; choose another interval");
  auto simulation = compared(test::law("gamma", {2.5, 1.3}), 10, {IntervalMethod::wald});
  simulation.null_values = {-1.0, std::nullopt};
  EXPECT_EQ(refusal(simulation), "--null shape=-1 lies outside the parameter space of gamma, correct it");
}

}  // namespace
}  // namespace fisherlab::runs
