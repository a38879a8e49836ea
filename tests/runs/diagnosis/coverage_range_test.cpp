#include "runs/diagnosis/intervals/coverage_range.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "claims/instruments/exact/exact_coverage.hpp"
#include "runs/diagnosis/intervals/calibrated_ratio.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "runs/diagnosis/intervals/lattice_worth.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

IntervalWorth const& worth_named(std::vector<IntervalWorth> const& all, std::string const& name) {
  for (auto const& worth : all)
    if (worth.name == name) return worth;
  throw std::logic_error("no interval called " + name);
}

TEST(LatticeWorth, AgreesWithTheExactCoverageOfClaims) {
  for (auto const& [model, theta, n] :
       {std::tuple("bernoulli", 0.406, 30), std::tuple("poisson", 1.7, 12), std::tuple("geometric", 0.3, 15)}) {
    auto const law = test::law(model, {theta});
    auto lattice = LatticeWorth::of(law, n, 0.95);
    ASSERT_TRUE(lattice) << model;
    auto const worths = lattice->at(theta, false);
    using enum claims::IntervalMethod;
    EXPECT_NEAR(worth_named(worths, "Wald").coverage.value,
                *claims::exact_coverage(law, 0, n, {wald}, 1.959963984540054), 1e-12);
    EXPECT_NEAR(worth_named(worths, "score").coverage.value,
                *claims::exact_coverage(law, 0, n, {score}, 1.959963984540054), 1e-12);
  }
}

// Clopper and Pearson's and Garwood's never miss more than declared on either side.
TEST(LatticeWorth, FindsExactIntervalsAtLeastAsGoodAsDeclared) {
  for (auto const& [model, name] : {std::pair("bernoulli", "Clopper-Pearson"), std::pair("poisson", "Garwood")}) {
    auto lattice = LatticeWorth::of(test::law(model, {0.4}), 20, 0.95);
    for (double theta = 0.05; theta < 1; theta += 0.05) {
      auto const worth = worth_named(lattice->at(theta, false), name);
      EXPECT_GE(worth.coverage.value, 0.95) << model << ' ' << theta;
      EXPECT_LE(worth.above, 0.025 + 1e-12);
      EXPECT_LE(1 - worth.coverage.value - worth.above, 0.025 + 1e-12);
    }
  }
}

// What is simulated elsewhere: 16,384 samples at theta, each with a cut-off of its own.
TEST(LatticeWorth, SumsWhatTheCalibratedIntervalSimulates) {
  auto const law = test::law("poisson", {1.7});
  auto lattice = LatticeWorth::of(law, 12, 0.95);
  auto const summed = worth_named(lattice->at(1.7, true), calibrated_name);
  auto const simulated = calibrated_worth(source_of(law, components(*law.model), 12, 0.95), 16'384, {})[0];
  // The Monte Carlo test of 199 samples rejects at ties of the lattice a little otherwise than the exact quantile.
  EXPECT_NEAR(summed.coverage.value, simulated.coverage.value, 4 * simulated.coverage.mcse + 0.01);
}

TEST(LatticeWorth, GivesTheSimulatedLikelihoodRatioToo) {
  auto const law = test::law("bernoulli", {0.3});
  auto lattice = LatticeWorth::of(law, 25, 0.95);
  auto const diagnosis = diagnose(law, 25, {});
  EXPECT_NEAR(worth_named(lattice->at(0.3, false), "likelihood-ratio").coverage.value,
              diagnosis.parameters[0].likelihood_ratio.value, 4 * diagnosis.parameters[0].likelihood_ratio.mcse);
}

TEST(LatticeWorth, IsNotThereForOtherLaws) {
  EXPECT_FALSE(LatticeWorth::of(test::law("exponential", {1}), 10, 0.95));
  EXPECT_FALSE(LatticeWorth::of(test::law("negative_binomial", {2, 1}), 10, 0.95));
}

FittedData fitted_to(std::string const& model, std::vector<double> const& values) {
  return fit_to_data(sim::make_model(model, {}), {"drawn", values}, 0.95);
}

// The saw: over p in the interval Wald's coverage at n = 20 goes well below what it is at the estimate.
TEST(CoverageRange, IsThatOfTheSawForCounts) {
  std::vector<double> values(20, 0.0);
  for (std::size_t i = 0; i < 6; ++i) values[i] = 1;
  auto const fitted = fitted_to("bernoulli", values);
  auto diagnosis = diagnose(fitted.law(), 20, {});
  add_ranges(fitted, {}, diagnosis);
  auto const& p = diagnosis.parameters[0];
  EXPECT_EQ(p.wald.mcse, 0);
  ASSERT_TRUE(p.wald_range);
  double least = 1, largest = 0;
  auto lattice = LatticeWorth::of(fitted.law(), 20, 0.95);
  for (double q = 0.135; q < 0.515; q += 0.0001) {
    double const coverage = lattice->at(q, false)[0].coverage.value;
    least = std::fmin(least, coverage);
    largest = std::fmax(largest, coverage);
  }
  EXPECT_NEAR(p.wald_range->least.value, least, 0.004);
  EXPECT_NEAR(p.wald_range->largest.value, largest, 0.004);
  EXPECT_LT(least, 0.90);
}

TEST(CoverageRange, ContainsTheCoverageAtTheEstimateForEveryInterval) {
  auto const fitted = fitted_to("gamma", {0.4, 1.1, 1.9, 2.2, 3.6, 4.1});
  DiagnosisSettings settings;
  settings.replicates = 8192;
  auto diagnosis = diagnose(fitted.law(), 6, settings);
  add_ranges(fitted, settings, diagnosis);
  int seen = 0;
  for (std::size_t a = 0; a < 2; ++a)
    for (auto const& i : intervals_of(fitted.fit.parameters[a], &diagnosis.parameters[a])) {
      ASSERT_TRUE(i.range) << i.name;
      EXPECT_LE(i.range->least.value, i.coverage.value);
      EXPECT_GE(i.range->largest.value, i.coverage.value);
      ++seen;
    }
  EXPECT_EQ(seen, 6);
  // The coverage of likelihood ratio for a gamma shape does not stay the same along it.
  EXPECT_GT(diagnosis.parameters[0].wald_range->largest.value - diagnosis.parameters[0].wald_range->least.value, 0.002);
}

}  // namespace
}  // namespace fisherlab::runs
