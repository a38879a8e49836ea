#include "estimators/closed_intervals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab::estimators {
namespace {

Bounds closed(FittedModel const& fit, std::string const& name, std::size_t a = 0) {
  for (auto const& interval : fit.parameters.at(a).further)
    if (interval.name == name) return interval.bounds;
  ADD_FAILURE() << "no interval named " << name;
  return {};
}

FittedModel fit_of(std::string const& model, std::vector<double> const& x, double level = 0.95) {
  return fit_data(*sim::make_model(model, {}), x, level);
}

std::vector<double> successes(int k, int trials) {
  std::vector<double> x(static_cast<std::size_t>(trials), 0.0);
  std::fill(x.begin(), x.begin() + k, 1.0);
  return x;
}

void expect_ends(Bounds const& found, Bounds const& wanted, double tolerance) {
  EXPECT_NEAR(found.lower, wanted.lower, tolerance);
  EXPECT_NEAR(found.upper, wanted.upper, tolerance);
}

// Newcombe (1998), Statist. Med. 17, 857-872, table I: methods 3 (score) and 5 (exact).
TEST(ClosedIntervals, OfAProbabilityAreThoseOfNewcombe) {
  struct Published {
    int k, trials;
    Bounds score, exact;
  };
  for (auto const& p :
       {Published{81, 263, {0.2553, 0.3662}, {0.2527, 0.3676}}, Published{15, 148, {0.0624, 0.1605}, {0.0578, 0.1617}},
        Published{1, 29, {0.0061, 0.1718}, {0.0009, 0.1776}}, Published{0, 20, {0.0, 0.1611}, {0.0, 0.1684}}}) {
    auto const fit = fit_of("bernoulli", successes(p.k, p.trials));
    expect_ends(closed(fit, "Clopper-Pearson"), p.exact, 5e-5);
    expect_ends(fit.parameters[0].score, p.score, 5e-5);
  }
}

// R 4: binom.test(682, 925) of ?binom.test (Conover, 1971).
TEST(ClosedIntervals, OfAProbabilityAreThoseOfBinomTest) {
  expect_ends(closed(fit_of("bernoulli", successes(682, 925)), "Clopper-Pearson"), {0.7076683, 0.7654066}, 5e-8);
}

TEST(ClosedIntervals, OfAProbabilityMirrorEachOther) {
  for (auto const* const name : {"Clopper-Pearson", "Agresti-Coull"})
    for (int const k : {0, 1, 7, 20}) {
      auto const one = closed(fit_of("bernoulli", successes(k, 20), 0.9), name);
      auto const other = closed(fit_of("bernoulli", successes(20 - k, 20), 0.9), name);
      expect_ends(one, {1 - other.upper, 1 - other.lower}, 1e-12);
    }
}

// z = 1.959964: centre (15 + z^2/2)/(148 + z^2) = 16.920729/151.841459 = 0.111437, reach z sqrt(c (1 - c)/151.841459).
TEST(ClosedIntervals, OfAgrestiAndCoullAddSuccessesAndFailures) {
  double const c = 16.920729 / 151.841459, reach = 1.959964 * std::sqrt(c * (1 - c) / 151.841459);
  expect_ends(closed(fit_of("bernoulli", successes(15, 148)), "Agresti-Coull"), {c - reach, c + reach}, 1e-7);
  EXPECT_EQ(closed(fit_of("bernoulli", successes(0, 20)), "Agresti-Coull").lower, 0) << "cut at the end";
}

// R 4: poisson.test(137, 24.19893) of ?poisson.test has 4.753125 and 6.692709 a unit: 115.0205 and 161.9564 in all.
TEST(ClosedIntervals, OfAPoissonMeanAreThoseOfPoissonTest) {
  std::vector<double> const x = {100, 20, 17};
  double const units = 24.19893 / 3;
  expect_ends(closed(fit_of("poisson", x), "Garwood"), {4.753125 * units, 6.692709 * units}, 1e-5);
}

// Student (1908): additional hours of sleep; R 4: t.test(extra ~ group, sleep, paired = TRUE).
TEST(ClosedIntervals, OfANormalMeanAreStudents) {
  std::vector<double> const x = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};
  auto const fit = fit_of("normal", x);
  expect_ends(closed(fit, "Student's t"), {0.7001142, 2.4598858}, 5e-8);
  double const mean = std::accumulate(x.begin(), x.end(), 0.0) / 10;
  double squares = 0;
  for (double const v : x) squares += (v - mean) * (v - mean);
  boost::math::chi_squared const law(9);
  expect_ends(closed(fit, "chi-squared", 1),
              {std::sqrt(squares / quantile(law, 0.975)), std::sqrt(squares / quantile(law, 0.025))}, 1e-12);
}

TEST(ClosedIntervals, OfARateAreQuantilesOfTheGammaLaw) {
  std::vector<double> const x = {0.2, 1.7, 0.4, 3.1, 0.9};
  double const total = std::accumulate(x.begin(), x.end(), 0.0);
  for (double const level : {0.5, 0.9, 0.999}) {
    boost::math::chi_squared const law(10);
    expect_ends(closed(fit_of("exponential", x, level), "gamma pivot"),
                {quantile(law, 0.5 - 0.5 * level) / (2 * total), quantile(law, 0.5 + 0.5 * level) / (2 * total)},
                1e-12);
  }
}

TEST(ClosedIntervals, OfAGeometricLawHaveTheTailsThatTheyClaim) {
  auto const ends = closed(fit_of("geometric", {3, 0, 1, 4, 2}), "exact tails");
  using boost::math::negative_binomial;
  EXPECT_NEAR(cdf(negative_binomial(5, ends.lower), 10), 0.025, 1e-12);
  EXPECT_NEAR(cdf(complement(negative_binomial(5, ends.upper), 9)), 0.025, 1e-12);
}

TEST(ClosedIntervals, AreNoneWhereThereIsNoExactLaw) {
  EXPECT_TRUE(fit_of("weibull", {1, 2, 4}).parameters[0].further.empty());
  EXPECT_TRUE(
      closed_intervals(*sim::make_model("normal_mean", std::vector<double>{2}), std::vector<double>{1}, 0, 5, 0.95)
          .empty())
      << "Wald's interval is exact there";
}

TEST(LikelihoodRatioBounds, AreThoseOfTheFitAtTheQuantileOfChiSquared) {
  std::vector<double> const x = {0.2, 1.7, 0.4, 3.1, 0.9};
  auto const model = sim::make_model("gamma", {});
  auto const fit = fit_data(*model, x, 0.95);
  boost::math::chi_squared const law(1);
  for (std::size_t a = 0; a < 2; ++a) {
    auto const& usual = fit.parameters[a].likelihood_ratio;
    auto const same = likelihood_ratio_bounds(*model, x, fit, a, quantile(law, 0.95));
    expect_ends(same, usual, 1e-8 * usual.upper);
    EXPECT_GT(likelihood_ratio_bounds(*model, x, fit, a, 6.0).upper, usual.upper);
  }
}

}  // namespace
}  // namespace fisherlab::estimators
