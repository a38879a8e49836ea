#include "sim/models/geometric.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/geometric.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <cmath>
#include <limits>

#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using Theta1 = sim::Theta<double, 1>;
using sim::Lanes;

/// E f(sum of n observations), the sum negative binomial with size n.
template <class F>
double mean_over_sums(int n, double p, F const& f) {
  boost::math::negative_binomial_distribution<> const law(n, p);
  double const last = last_of(mean(law), variance(law));
  double total = 0;
  for (double sum = 0; sum <= last; ++sum) total += pdf(law, sum) * f(sum);
  return total;
}

TEST(Geometric, ObeysTheModelLaws) {
  expect_model_laws(sim::Geometric{}, {{0.3}, {0.85}, {1 - 1e-3}, {1e-3}}, [](Theta1 const& t) {
    double const mean = (1 - t[0]) / t[0];
    return ReferenceLaw{{counts(boost::math::geometric_distribution<>(t[0]), last_of(mean, mean / t[0]))}};
  });
}

TEST(Geometric, HasALogLikelihoodAndAnEstimateOnItsEdge) {
  sim::Geometric const model;
  EXPECT_EQ(model.log_density(0.0, {1.0}), 0.0);
  EXPECT_EQ(model.log_density(2.0, {1.0}), -std::numeric_limits<double>::infinity());
  sim::Theta<Lanes, 1> t;
  EXPECT_EQ(model.fit(sample_with_sum(5, 0, 9), t), sim::all_lanes);
  EXPECT_EQ(t[0][0], 1.0);
  EXPECT_EQ(model.fit(sample_with_sum(5, 15, 9), t), sim::all_lanes);
  EXPECT_EQ(t[0][0], 0.25);
}

TEST(Geometric, HasUnbiasedEstimatesOfItsProbabilityAndItsTail) {
  sim::Geometric const model;
  double const p = 0.4;
  for (int const n : {1, 2, 6}) {
    double const mean = mean_over_sums(n, p, [&](double sum) {
      sim::Theta<Lanes, 1> t;
      EXPECT_EQ(model.best_unbiased(sample_with_sum(n, sum, 1e9), t), sim::all_lanes);
      return t[0][5];
    });
    EXPECT_NEAR(mean, p, 1e-13);
    for (double const c : {-2.0, 0.0, 2.0, 3.7}) {
      double const exact = std::pow(1 - p, std::fmax(std::floor(c) + 1, 0));
      double const tail = mean_over_sums(n, p, [&](double sum) {
        Lanes value;
        EXPECT_EQ(model.best_unbiased_tail(c, sample_with_sum(n, sum, 1e9), value), sim::all_lanes);
        return value[5];
      });
      EXPECT_NEAR(tail, exact, 1e-13);
      EXPECT_NEAR(model.tail(c, Theta1{p}), exact, 1e-14);
    }
  }
}

/// The exact mean n/(n + sum) at two n: what is left of n times the bias falls as 1/n.
TEST(Geometric, HasTheStatedBiasToFirstOrder) {
  for (double const p : {0.15, 0.6}) {
    double const first = sim::Geometric{}.first_order_bias({Lanes(p)})[0][0];
    auto const rest = [&](int n) {
      double const mean = mean_over_sums(n, p, [n](double sum) { return n / (n + sum); });
      return n * (mean - p) - first;
    };
    EXPECT_LT(std::abs(rest(200)), 0.01 * first);
    EXPECT_NEAR(rest(200) / rest(400), 2.0, 0.05);
  }
}

}  // namespace
}  // namespace fisherlab::test
