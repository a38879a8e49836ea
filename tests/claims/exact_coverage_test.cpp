#include "claims/exact_coverage.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "claims/replicates.hpp"
#include "estimators/mle.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

double exact(Law const& law, std::int64_t n, IntervalMethod method = IntervalMethod::wald) {
  return exact_coverage(law, n, method, critical_value(0.95)).value();
}

// Brown, Cai and DasGupta (2001), Statistical Science 16, and sums by an independent program; four or five digits.
TEST(ExactCoverage, OfABinomialIsThatOfTheTables) {
  auto const half = test::law("bernoulli", {0.5});
  EXPECT_NEAR(exact(half, 10), 0.8906, 5e-5);
  EXPECT_NEAR(exact(half, 12), 0.8540, 5e-5);
  EXPECT_NEAR(exact(half, 17), 0.9510, 5e-5);
  EXPECT_NEAR(exact(half, 18), 0.9037, 5e-5);
  EXPECT_NEAR(exact(half, 20), 0.9586, 5e-5);
  EXPECT_NEAR(exact(half, 40), 0.9193, 5e-5);
  EXPECT_NEAR(exact(test::law("bernoulli", {0.2}), 98), 0.9281, 5e-5);
  EXPECT_NEAR(exact(test::law("bernoulli", {0.005}), 591), 0.9449, 5e-5);
  EXPECT_NEAR(exact(test::law("bernoulli", {0.005}), 592), 0.7922, 5e-5);
  EXPECT_NEAR(exact(test::law("bernoulli", {0.05}), 20), 0.63894, 5e-6);
  EXPECT_NEAR(exact(test::law("bernoulli", {0.05}), 20, IntervalMethod::score), 0.92452, 5e-6);
}

// One observation at p = .85: 1 is within 1.96 sqrt(p (1 - p)) of p, and 0 is not.
TEST(ExactCoverage, CountsTheLastOutcomeToo) {
  EXPECT_NEAR(exact(test::law("bernoulli", {0.85}), 1, IntervalMethod::score), 0.85, 1e-15);
  EXPECT_EQ(exact(test::law("bernoulli", {0.85}), 1), 0);
}

// Only the total n x mean matters.
TEST(ExactCoverage, OfAPoissonTotalIsThatOfTheTables) {
  for (std::int64_t const n : {1, 4}) {
    auto const one = test::law("poisson", {1.0 / static_cast<double>(n)});
    auto const ten = test::law("poisson", {10.0 / static_cast<double>(n)});
    EXPECT_NEAR(exact(one, n), 0.63153, 5e-6);
    EXPECT_NEAR(exact(one, n, IntervalMethod::score), 0.91970, 5e-6);
    EXPECT_NEAR(exact(ten, n), 0.92573, 5e-6);
    EXPECT_NEAR(exact(ten, n, IntervalMethod::score), 0.96262, 5e-6);
  }
}

TEST(ExactCoverage, OfAnExponentialRateIsThatOfTheTables) {
  for (double const rate : {0.4, 7.0}) {
    auto const law = test::law("exponential", {rate});
    EXPECT_NEAR(exact(law, 5), 0.956203, 5e-7);
    EXPECT_NEAR(exact(law, 10), 0.954922, 5e-7);
    EXPECT_NEAR(exact(law, 20), 0.952812, 5e-7);
    EXPECT_NEAR(exact(law, 200), 0.950307, 5e-7);
    EXPECT_EQ(exact(law, 10, IntervalMethod::score), exact(law, 10));
  }
}

TEST(ExactCoverage, IsUnknownForOtherLawsAndForTheLikelihoodRatio) {
  double const z = critical_value(0.95);
  EXPECT_FALSE(exact_coverage(test::law("gamma", {2.5, 1.3}), 10, IntervalMethod::wald, z));
  EXPECT_FALSE(exact_coverage(test::law("bernoulli", {0.5}), 10, IntervalMethod::likelihood_ratio, z));
}

/// Share of 32,768 simulated intervals that hold the truth.
double simulated(Law const& law, std::int64_t n, IntervalMethod method, double z) {
  Scenario const scenario{{law, law, {}}, n};
  Probe probe;
  probe.shape.successes = 1;
  probe.estimator = estimators::make_mle(law.model);
  probe.observe = [&](Batch const& batch, sim::Observed& out) {
    auto const held = holds_truth(batch, 0, law.theta[0], z, true);
    out.successes[0] = method == IntervalMethod::wald ? held.wald : held.score;
  };
  sim::Tally tally(probe.shape);
  fold_replicates(scenario, {&probe}, {11, 0, 32'768}, {.threads = 1, .stop = {}, .advance = {}}, {&tally});
  return static_cast<double>(tally.successes[0]) / static_cast<double>(tally.count);
}

TEST(ExactCoverage, IsWhatSimulationGives) {
  struct Example {
    Law law;
    std::int64_t n;
    double level;
  };
  std::vector<Example> const examples = {{test::law("bernoulli", {0.3}), 13, 0.9},
                                         {test::law("poisson", {0.61}), 7, 0.99},
                                         {test::law("exponential", {7}), 6, 0.95}};
  int checked = 0;
  for (auto const& e : examples) {
    double const z = critical_value(e.level);
    for (auto const method : {IntervalMethod::wald, IntervalMethod::score}) {
      double const c = exact_coverage(e.law, e.n, method, z).value();
      EXPECT_NEAR(simulated(e.law, e.n, method, z), c, 5 * std::sqrt(c * (1 - c) / 32'768))  // five standard errors
          << parameters_text(e.law) << " " << interval_name(method);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 6);
}

TEST(IntervalMethod, HasANameAndACriticalValue) {
  for (auto const method : {IntervalMethod::wald, IntervalMethod::score, IntervalMethod::likelihood_ratio})
    EXPECT_EQ(interval_method(interval_name(method)), method);
  EXPECT_THROW(interval_method("bayes"), InputError);
  EXPECT_NEAR(critical_value(0.95), 1.959963984540054, 1e-14);
  EXPECT_NEAR(critical_value(0.9), 1.6448536269514722, 1e-14);
  EXPECT_THROW(critical_value(0), InputError);
  EXPECT_THROW(critical_value(1), InputError);
  EXPECT_THROW(critical_value(95), InputError);
}

}  // namespace
}  // namespace fisherlab::claims
