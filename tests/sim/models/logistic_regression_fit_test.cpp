#include <gtest/gtest.h>

#include <cmath>

#include "sim/models/logistic_regression.hpp"
#include "sim/models/parts/concave_newton.hpp"
#include "sim/random/stream.hpp"

// The quick search against Newton's method from 0, which each of its steps makes sure of.

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::LaneSet;
using Pair = sim::Theta<Lanes, 2>;

/// n draws of the model, the inputs then moved and stretched.
sim::Sample draws(sim::Theta<double, 2> const& theta, std::int64_t n, std::uint64_t batch, double shift, double scale) {
  sim::Sample sample(n, 2);
  sim::LaneStream stream({.seed = 8, .scenario = 3, .replicate = 8 * batch});
  sim::LogisticRegression{}.fill(theta, stream, sample);
  for (std::int64_t i = 0; i < n; ++i) sample(i, 0) = shift + scale * sample(i, 0);
  return sample;
}

struct Fit {
  Pair theta;
  LaneSet found;
};

Fit by_newton(sim::Sample const& sample, LaneSet wanted) {
  sim::LogisticRegression const model;
  Fit fit{.theta = {0.0, 0.0}, .found = 0};
  fit.found = sim::concave_newton([&](auto const& t, auto& s, auto& h) { return model.sums(sample, t, s, h); }, wanted,
                                  fit.theta);
  return fit;
}

/// Gives how many lanes had a maximum. Estimates agree to 1e-9 standard errors.
int expect_newtons_estimates(sim::Theta<double, 2> const& theta, std::int64_t n, double shift = 0, double scale = 1) {
  int lanes = 0;
  for (std::uint64_t batch = 0; batch < 60; ++batch) {
    auto const sample = draws(theta, n, batch, shift, scale);
    Pair quick, score;
    LaneSet const found = sim::LogisticRegression{}.fit(sample, quick);
    auto const [slow, slow_found] = by_newton(sample, found);
    EXPECT_EQ(found, slow_found);
    sim::Symmetric<Lanes, 2> hessian;
    sim::LogisticRegression{}.sums(sample, slow, score, hessian);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      if ((found >> lane & 1) == 0) {
        EXPECT_TRUE(std::isnan(quick[0][lane]));
        continue;
      }
      ++lanes;
      double const a = quick[0][lane] - slow[0][lane], b = quick[1][lane] - slow[1][lane];
      double const squared = -(a * a * hessian[0][lane] + 2 * a * b * hessian[1][lane] + b * b * hessian[2][lane]);
      EXPECT_LT(std::sqrt(std::fabs(squared)), 1e-9) << "lane " << lane << " of batch " << batch << ", n " << n;
    }
  }
  return lanes;
}

TEST(LogisticRegressionFit, IsThatOfNewtonsMethod) {
  EXPECT_EQ(expect_newtons_estimates({0.5, 1}, 200), 480);
  EXPECT_EQ(expect_newtons_estimates({-2, 1}, 1000), 480);
  EXPECT_EQ(expect_newtons_estimates({0, 0}, 100), 480);
}

TEST(LogisticRegressionFit, HoldsWhereSamplesAreSmallOrNearlySeparated) {
  EXPECT_GT(expect_newtons_estimates({0.3, 0.5}, 8), 100);
  EXPECT_GT(expect_newtons_estimates({0.5, 1}, 30), 400);
  EXPECT_GT(expect_newtons_estimates({2, 8}, 60), 100);
  EXPECT_GT(expect_newtons_estimates({1, 40}, 400), 50);
}

TEST(LogisticRegressionFit, HoldsForInputsFarFromZeroAndOfAnySize) {
  EXPECT_EQ(expect_newtons_estimates({0.5, 1}, 200, 30), 480);
  EXPECT_EQ(expect_newtons_estimates({0.5, 1}, 200, 0, 1e5), 480);
  EXPECT_EQ(expect_newtons_estimates({0.5, 1}, 200, -2e-4, 1e-5), 480);
}

TEST(LogisticRegressionFit, OfALaneDoesNotDependOnItsNeighbours) {
  auto const whole = draws({2, 8}, 60, 1, 0, 1);
  Pair together;
  sim::LogisticRegression{}.fit(whole, together);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    auto alone = draws({0, 0.2}, 60, 9, 0, 1);
    for (std::int64_t i = 0; i < 60; ++i)
      for (int d = 0; d < 2; ++d) alone(i, d).set(lane, whole(i, d)[lane]);
    Pair theta;
    sim::LogisticRegression{}.fit(alone, theta);
    for (std::size_t a = 0; a < 2; ++a)
      EXPECT_EQ(sim::to_bits(theta[a][lane]), sim::to_bits(together[a][lane])) << "lane " << lane;
  }
}

}  // namespace
}  // namespace fisherlab::test
