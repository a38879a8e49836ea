#include "claims/evidence/extrapolation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/expects.hpp"
#include "claims/evidence/mean.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

EstimatedVector number(double value, double variance) {
  return {VectorXd::Constant(1, value), MatrixXd::Constant(1, 1, variance)};
}

std::vector<GridPoint> grid_of(double (*d)(double n), double variance) {
  std::vector<GridPoint> grid;
  for (double n = 20; n <= 640; n *= 2) grid.push_back({n, {{number(d(n), variance), number(d(n), variance)}}});
  return grid;
}

Interval interval_of(EstimatedVector const& estimate, double alpha) {
  return mean_interval({estimate.value(0), 1000 * estimate.variance(0, 0), 1000}, alpha);
}

// n^3/((n - 1)^2 (n - 2)) = 1 + 4/n + 11/n^2 + 26/n^3 + ..., n times the variance of an exponential rate.
double exponential_variance(double n) { return n * n * n / ((n - 1) * (n - 1) * (n - 2)); }

TEST(Extrapolation, FindsTheCoefficientsOfACubicExactly) {
  auto const result = extrapolate(grid_of([](double n) { return 1 + 4 / n - 11 / (n * n) + 26 / (n * n * n); }, 1e-8));
  EXPECT_NEAR(result.limit.value(0), 1, 1e-12);
  EXPECT_NEAR(result.second.value(0), 4, 1e-9);
  EXPECT_NEAR(result.last.value(0), 26.0 / 8000, 1e-9);
  EXPECT_NEAR(result.fit, 1, 1e-9);
}

// What the cubic leaves out is within what the interval allows for it, and is small.
TEST(Extrapolation, AllowsForTheFirstTermThatItNeglects) {
  auto const result = extrapolate(grid_of(exponential_variance, 1e-10));
  EXPECT_GT(std::fabs(result.limit.value(0) - 1), 1e-7);
  EXPECT_LT(std::fabs(result.limit.value(0) - 1), 2e-5);
  auto const interval = limit_interval(result, 1e-6, &interval_of, &interval_of);
  EXPECT_LT(interval.lower, 1);
  EXPECT_GT(interval.upper, 1);
  EXPECT_LT(interval.upper - interval.lower, 1e-3);
}

// A decay by n^-1/2 is no such series: nothing is concluded.
TEST(Extrapolation, ConcludesNothingWhereTheExpansionDoesNotFit) {
  auto const result = extrapolate(grid_of([](double n) { return 1 + 1 / std::sqrt(n); }, 1e-12));
  EXPECT_LT(result.fit, 1e-6);
  auto const interval = limit_interval(result, 1e-6, &interval_of, &interval_of);
  EXPECT_TRUE(std::isinf(interval.lower) && std::isinf(interval.upper));
}

TEST(Extrapolation, NeedsFiveSizes) {
  auto grid = grid_of(exponential_variance, 1e-8);
  grid.resize(4);
  EXPECT_THROW(extrapolate(grid), InputError);
}

/// Moments of (w, w^2, c, c^2) with w = c + noise: c a standard normal control.
ControlledMoments controlled(std::uint64_t seed, double noise, std::int64_t count) {
  sim::ScalarStream stream({seed, 3, 0});
  MatrixXd rows(count, 4);
  for (std::int64_t r = 0; r < count; ++r) {
    double const c = stream.normal(), w = 0.3 + c + noise * stream.normal();
    rows.row(r) << w, w * w, c, c * c;
  }
  VectorXd const mean = rows.colwise().mean();
  MatrixXd const centred = rows.rowwise() - mean.transpose();
  VectorXd known(2);
  known << 0, 1;
  return {mean, centred.transpose() * centred / static_cast<double>(count - 1), count, known};
}

// Var w = 1 + noise^2 exactly; what c explains costs nothing, so the error is that of the noise.
TEST(Controls, RemoveWhatTheyExplain) {
  double const noise = 0.01;
  auto const a = controlled(1, noise, 4000), b = controlled(2, noise, 4000);
  auto const variance = adjusted_second(a, b, 1, SecondMoments::covariance);
  double const se = std::sqrt(variance.variance(0, 0));
  EXPECT_LT(se, 5 * noise / std::sqrt(4000.0));
  EXPECT_NEAR(variance.value(0), 1 + noise * noise, 5 * se);
  auto const plain = std::sqrt(a.covariance(1, 1) / 4000);
  EXPECT_GT(plain, 30 * se);
  auto const square = adjusted_second(a, b, 1, SecondMoments::about_zero);
  EXPECT_NEAR(square.value(0), 1.09 + noise * noise, 5 * std::sqrt(square.variance(0, 0)));
  auto const first = adjusted_first(a, b, 1, 25);
  EXPECT_NEAR(first.value(0), 5 * 0.3, 5 * std::sqrt(first.variance(0, 0)));
}

// Without controls it is the sample variance, with the standard error of its fourth moment.
TEST(Controls, AreNotNeeded) {
  auto strip = [](ControlledMoments m) {
    m.mean = m.mean.head(2).eval();
    m.covariance = m.covariance.topLeftCorner(2, 2).eval();
    m.control_means = VectorXd(0);
    return m;
  };
  auto const a = strip(controlled(1, 1, 4000)), b = strip(controlled(2, 1, 4000));
  auto const variance = adjusted_second(a, b, 1, SecondMoments::covariance);
  EXPECT_NEAR(variance.value(0), a.covariance(0, 0), 1e-3);
  EXPECT_NEAR(std::sqrt(variance.variance(0, 0)), 2 * std::sqrt(2 / 4000.0), 0.01);
}

}  // namespace
}  // namespace fisherlab::claims
