#include "claims/instruments/exact/exact_coverage.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "estimators/mle.hpp"
#include "runs/replicates.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

double exact(Law const& law, std::int64_t n, IntervalKind const& kind = {}, std::size_t a = 0) {
  return exact_coverage(law, a, n, kind, critical_value(0.95)).value();
}
constexpr IntervalKind score{IntervalMethod::score};
constexpr IntervalKind observed{IntervalMethod::wald_observed};
constexpr IntervalKind wald_on(Scale scale) { return {IntervalMethod::wald, scale}; }

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
  EXPECT_NEAR(exact(test::law("bernoulli", {0.05}), 20, score), 0.92452, 5e-6);
  EXPECT_NEAR(exact(test::law("bernoulli", {0.05}), 20, {IntervalMethod::wilson}), 0.92452, 5e-6);
  for (std::int64_t const trials : {1, 2, 4, 5, 10, 20})  // only the number of trials matters
    EXPECT_NEAR(exact(test::law("binomial", {0.05, static_cast<double>(trials)}), 20 / trials), 0.63894, 5e-6);
}

// One observation at p = .85: 1 is within 1.96 sqrt(p (1 - p)) of p, and 0 is not.
TEST(ExactCoverage, CountsTheLastOutcomeToo) {
  EXPECT_NEAR(exact(test::law("bernoulli", {0.85}), 1, score), 0.85, 1e-15);
  EXPECT_EQ(exact(test::law("bernoulli", {0.85}), 1), 0);
}

// Only the total n x mean matters.
TEST(ExactCoverage, OfAPoissonTotalIsThatOfTheTables) {
  for (std::int64_t const n : {1, 4}) {
    auto const one = test::law("poisson", {1.0 / static_cast<double>(n)});
    auto const ten = test::law("poisson", {10.0 / static_cast<double>(n)});
    EXPECT_NEAR(exact(one, n), 0.63153, 5e-6);
    EXPECT_NEAR(exact(one, n, score), 0.91970, 5e-6);
    EXPECT_NEAR(exact(ten, n), 0.92573, 5e-6);
    EXPECT_NEAR(exact(ten, n, score), 0.96262, 5e-6);
  }
}

// 20 trials at p = .05: Agresti and Coull's interval holds it for 0 to 3 successes, with centre (k + z^2/2)/(20 + z^2).
TEST(ExactCoverage, OfAgrestiAndCoullIsTheSumByHand) {
  double const z = 1.959963984540054, total = 20 + z * z;
  double sum = 0;
  int held = 0;
  for (int k = 0; k <= 20; ++k) {
    double const centre = (k + z * z / 2) / total;
    if (std::fabs(centre - 0.05) > z * std::sqrt(centre * (1 - centre) / total)) continue;
    sum += std::exp(std::lgamma(21) - std::lgamma(k + 1) - std::lgamma(21 - k) + k * std::log(0.05) +
                    (20 - k) * std::log(0.95));
    ++held;
  }
  EXPECT_EQ(held, 4);
  EXPECT_NEAR(exact(test::law("bernoulli", {0.05}), 20, {IntervalMethod::agresti_coull}), sum, 1e-13);
}

// rate, mean and log Wald of an exponential sample.
TEST(ExactCoverage, OfAnExponentialRateIsThatOfTheTables) {
  struct Row {
    std::int64_t n;
    double rate, mean, log;
  };
  for (double const rate : {0.4, 7.0}) {
    auto const law = test::law("exponential", {rate});
    for (auto const& row : {Row{5, .956203, .868145, .932196}, Row{10, .954922, .903513, .941023},
                            Row{20, .952812, .925553, .945493}, Row{200, .950307, .947496, .949548}}) {
      EXPECT_NEAR(exact(law, row.n), row.rate, 5e-7);
      EXPECT_NEAR(exact(law, row.n, wald_on(Scale::reciprocal)), row.mean, 5e-7);
      EXPECT_NEAR(exact(law, row.n, wald_on(Scale::log)), row.log, 5e-7);
    }
    EXPECT_EQ(exact(law, 10, score), exact(law, 10));
    EXPECT_EQ(exact(law, 10, observed), exact(law, 10));
  }
}

// The shape of a Pareto law is the rate of log x.
TEST(ExactCoverage, OfAParetoShapeIsThatOfARate) {
  auto const law = test::law("pareto", {2.5, 3.0});
  EXPECT_NEAR(exact(law, 10), 0.954922, 5e-7);
  EXPECT_NEAR(exact(law, 10, wald_on(Scale::reciprocal)), 0.903513, 5e-7);
}

TEST(ExactCoverage, OfANormalVarianceIsThatOfTheTables) {
  auto const law = test::law("normal", {2, 3});
  EXPECT_NEAR(exact(law, 5, wald_on(Scale::square), 1), .69307, 5e-6);
  EXPECT_NEAR(exact(law, 10, wald_on(Scale::square), 1), .80474, 5e-6);
  EXPECT_NEAR(exact(law, 20, wald_on(Scale::square), 1), .87020, 5e-6);
  EXPECT_NEAR(exact(law, 200, wald_on(Scale::square), 1), .94127, 5e-6);
}

// At n = 2, Student's law is Cauchy's: P(|T| <= t) = 2 atan(t)/pi, with n q = z^2, T^2 = q, hence t = z/sqrt(2).
TEST(ExactCoverage, OfANormalMeanIsStudents) {
  double const z = critical_value(0.95), pi = 4 * std::atan(1.0);
  auto const law = test::law("normal", {2, 3});
  EXPECT_NEAR(exact(law, 2), 2 / pi * std::atan(z / std::sqrt(2.0)), 1e-14);
  EXPECT_EQ(exact(law, 2, score), 1.0);  // n q/(1 + q) is below n = 2 < z^2
  EXPECT_NEAR(exact(test::law("normal_mean", {2, 3}), 5), 0.95, 1e-14);
}

TEST(ExactCoverage, IsUnknownForOtherLawsAndForTheLikelihoodRatio) {
  double const z = critical_value(0.95);
  EXPECT_FALSE(exact_coverage(test::law("gamma", {2.5, 1.3}), 0, 10, {}, z));
  EXPECT_FALSE(exact_coverage(test::law("bernoulli", {0.5}), 0, 10, {IntervalMethod::likelihood_ratio}, z));
  EXPECT_FALSE(exact_coverage(test::law("normal", {0.5, 1}), 0, 10, wald_on(Scale::square), z));
}

/// Share of 32,768 simulated intervals that hold the truth.
double simulated(Law const& law, std::size_t a, std::int64_t n, IntervalKind const& kind, double z) {
  Scenario const scenario{{law, law, {}}, n};
  Probe probe;
  probe.shape.successes = 1;
  probe.estimator = estimators::make_mle(law.model);
  probe.observe = [&](Batch const& batch, sim::Observed& out) {
    out.successes[0] = held_by(kind, batch, a, law.theta[a], z).held;
  };
  sim::Tally tally(probe.shape);
  runs::fold_replicates(scenario, {&probe}, {11, 0, 32'768}, {.threads = 1, .stop = {}, .advance = {}}, {&tally});
  return static_cast<double>(tally.successes[0]) / static_cast<double>(tally.count);
}

TEST(ExactCoverage, IsWhatSimulationGives) {
  struct Example {
    Law law;
    std::size_t a;
    std::int64_t n;
    double level;
  };
  std::vector<Example> const examples = {
      {test::law("bernoulli", {0.3}), 0, 13, 0.9}, {test::law("binomial", {0.3, 4}), 0, 5, 0.95},
      {test::law("poisson", {0.61}), 0, 7, 0.99},  {test::law("geometric", {0.4}), 0, 6, 0.9},
      {test::law("exponential", {7}), 0, 6, 0.95}, {test::law("pareto", {2.5, 3}), 0, 4, 0.9},
      {test::law("rayleigh", {2}), 0, 5, 0.95},    {test::law("normal", {2, 3}), 0, 4, 0.95},
      {test::law("normal", {2, 3}), 1, 7, 0.9},    {test::law("normal_mean", {2, 3}), 0, 3, 0.9}};
  std::vector<Scale> const scales = {Scale::identity,   Scale::log,       Scale::logit, Scale::sqrt,
                                     Scale::reciprocal, Scale::cube_root, Scale::square};
  int checked = 0;
  for (auto const& e : examples) {
    auto const domain = e.law.model->card().domains[e.a];
    double const z = critical_value(e.level);
    std::vector<IntervalKind> kinds = {score, observed};
    for (auto const scale : scales)
      if (fits_domain(scale, domain)) kinds.push_back(wald_on(scale));
    if (trial_count(e.law, 1)) {
      kinds.push_back({IntervalMethod::wilson});
      kinds.push_back({IntervalMethod::agresti_coull});
    }
    for (auto const& kind : kinds) {
      double const c = exact_coverage(e.law, e.a, e.n, kind, z).value();
      EXPECT_NEAR(simulated(e.law, e.a, e.n, kind, z), c, 5 * std::sqrt(c * (1 - c) / 32'768) + 1e-12)
          << parameters_text(e.law) << " " << interval_name(kind);  // five standard errors
      ++checked;
    }
  }
  EXPECT_EQ(checked, 3 * (2 + 7) + 2 * 2 + 5 * (2 + 6) + 2 * 3);
}

}  // namespace
}  // namespace fisherlab::claims
