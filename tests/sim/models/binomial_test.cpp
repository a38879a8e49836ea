#include "sim/models/binomial.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <limits>

#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using Theta1 = sim::Theta<double, 1>;
using sim::Lanes;

ReferenceLaw binomial(double trials, Theta1 const& t) {
  double const mean = trials * t[0];
  return {{counts(boost::math::binomial_distribution<>(trials, t[0]),
                  std::min(trials, std::ceil(last_of(mean, mean * (1 - t[0])))))}};
}

TEST(Binomial, ObeysTheModelLaws) {
  std::vector<Theta1> const ordinary = {{0.05}, {0.3}, {0.95}};
  for (double const trials : {1.0, 20.0})
    expect_model_laws(sim::Binomial{trials}, ordinary, [&](Theta1 const& t) { return binomial(trials, t); });
  // On both sides of the change from tables to rejection, and failures counted in place of successes.
  expect_model_laws(sim::Binomial{100}, {{0.2999}, {0.3}, {0.5}, {0.62}, {1e-4}},
                    [](Theta1 const& t) { return binomial(100, t); });
  expect_model_laws(sim::Binomial{1e6}, {{2e-6}, {0.01}, {0.7}}, [](Theta1 const& t) { return binomial(1e6, t); });
}

TEST(Binomial, HasALogLikelihoodOnItsEdge) {
  sim::Binomial const model{4};
  EXPECT_EQ(model.log_density(0.0, {0.0}), 0.0);
  EXPECT_EQ(model.log_density(4.0, {1.0}), 0.0);
  EXPECT_EQ(model.log_density(1.0, {0.0}), -std::numeric_limits<double>::infinity());
}

TEST(Binomial, EstimatesTheShareOfSuccesses) {
  sim::Binomial const model{4};
  for (double const sum : {0.0, 5.0, 12.0}) {
    sim::Theta<Lanes, 1> t;
    EXPECT_EQ(model.fit(sample_with_sum(3, sum, 4), t), sim::all_lanes);
    EXPECT_DOUBLE_EQ(t[0][0], sum / 12);
  }
  EXPECT_EQ(catalogued(model)->offers().mean_of_estimate(Theta1{0.3}, 7)[0].value, 0.3);
}

/// Summed over the law of the sum of the sample, an unbiased estimate gives the probability it estimates: an identity.
TEST(Binomial, HasAnUnbiasedTail) {
  sim::Binomial const model{4};
  for (int const n : {1, 3})
    for (double const c : {-1.0, 0.0, 1.5, 3.0, 4.0}) {
      double const p = 0.35;
      double mean = 0;
      for (double sum = 0; sum <= 4 * n; ++sum) {
        Lanes value;
        EXPECT_EQ(model.best_unbiased_tail(c, sample_with_sum(n, sum, 4), value), sim::all_lanes);
        mean += pdf(boost::math::binomial_distribution<>(4 * n, p), sum) * value[3];
      }
      double const exact = c < 0 ? 1.0 : cdf(complement(boost::math::binomial_distribution<>(4, p), std::floor(c)));
      EXPECT_NEAR(mean, exact, 1e-13);
      EXPECT_NEAR(model.tail(c, Theta1{p}), exact, 1e-13);
    }
}

TEST(Binomial, RefusesTrialsThatAreNoWholeNumberInReach) {
  for (double const trials : {0.0, 2.5, 1e6 + 1, std::nan("")}) {
    std::array<double, 1> const c = {trials};
    EXPECT_THROW(sim::Binomial::with_constants(c), InputError);
  }
}

}  // namespace
}  // namespace fisherlab::test
