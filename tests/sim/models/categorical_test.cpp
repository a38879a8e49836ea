#include "sim/models/categorical.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/bernoulli.hpp>
#include <cmath>
#include <vector>

#include "sim/math/cholesky.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;

/// Coordinate d of a one-hot observation: 0 after a 1, else a Bernoulli trial among the categories left.
Coordinate category(std::array<double, 3> const& p, std::size_t d) {
  double left = 1;
  for (std::size_t k = 0; k < d; ++k) left -= p[k];
  auto const chance = [=](double const* x) {
    for (std::size_t k = 0; k < d; ++k)
      if (x[k] == 1) return 0.0;
    return p[d] / left;
  };
  auto coordinate = counts(boost::math::bernoulli_distribution<>(p[d]), 1, d);
  coordinate.cdf = [=](double const* x) { return x[d] == 1 ? 1.0 : 1 - chance(x); };
  coordinate.below = [=](double const* x) { return x[d] == 1 ? 1 - chance(x) : 0.0; };
  return coordinate;
}

TEST(Categorical, ObeysTheModelLaws) {
  expect_model_laws(sim::Categorical{},
                    {{0.2, 0.3, 0.4}, {0.25, 0.25, 0.25}, {0.9, 0.05, 0.01}, {1e-3, 1e-3, 1e-3}, {0.3, 0.3, 0.399}},
                    [](sim::Theta<double, 3> const& t) {
                      return ReferenceLaw{{category(t, 0), category(t, 1), category(t, 2)}};
                    });
}

/// Three observations, none of them in the second category and, in the second sample, none in the fourth.
TEST(Categorical, EstimatesSharesThatMayBeZero) {
  sim::Categorical const model;
  for (bool const has_fourth : {true, false}) {
    sim::Sample sample(3, 3);
    for (std::int64_t i = 0; i < 3; ++i)
      for (int d = 0; d < 3; ++d) sample(i, d) = 0.0;
    sample(0, 0) = 1.0;
    sample(1, 2) = 1.0;
    if (!has_fourth) sample(2, 2) = 1.0;
    sim::Theta<Lanes, 3> t, score;
    sim::Symmetric<Lanes, 3> hessian;
    EXPECT_EQ(model.fit(sample, t), sim::all_lanes);
    EXPECT_EQ(t[0][0], 1.0 / 3);
    EXPECT_EQ(t[1][0], 0.0);
    double const third = has_fourth ? 1.0 / 3 : 2.0 / 3;
    EXPECT_EQ(t[2][0], third);
    double const log_likelihood = std::log(1.0 / 3) + std::log(third) + std::log(third);
    EXPECT_NEAR(model.sums(sample, t, score, hessian)[0], log_likelihood, 1e-14);
    // The variances from the inverse of the information, by Cholesky as standard errors are: p (1 - p), and 0 for the
    // share 0, whose entry is infinite.
    auto factor = model.information(t);
    sim::factorise(factor.data(), 3);
    for (std::size_t k = 0; k < 3; ++k) {
      std::array<Lanes, 3> column = {0.0, 0.0, 0.0};
      column[k] = 1.0;
      sim::solve_lower(factor.data(), 3, column.data());
      double variance = 0;
      for (Lanes const& entry : column) variance += entry[0] * entry[0];
      EXPECT_NEAR(variance, t[k][0] * (1 - t[k][0]), 3e-8);
    }
  }
}

}  // namespace
}  // namespace fisherlab::test
