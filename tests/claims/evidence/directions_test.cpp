#include "claims/evidence/directions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "claims/evidence/matrix.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/evidence/norm.hpp"
#include "tests/support/coverage.hpp"
#include "tests/support/samples.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

SampleMoments moments_of(VectorXd const& values) {
  double const mean = values.mean();
  double central[5] = {};
  for (int k = 2; k <= 4; ++k) central[k] = (values.array() - mean).pow(k).mean();
  return sample_moments_of(mean, central, values.size());
}

/// Of u'y over the rows y of a table.
Directions of_rows(MatrixXd const& rows) {
  return {[rows](VectorXd const& u) { return moments_of(rows * u); }};
}

/// Of (u'w)^2 over the rows w of a table.
Directions of_squares(MatrixXd const& rows) {
  return {[rows](VectorXd const& u) { return moments_of((rows * u).array().square()); }};
}

MatrixEstimate second_moment_with_rows(MatrixXd const& w) {
  auto const moments = test::moments_of(test::with_products(w, false));
  return {from_iso_vech(moments.mean), moments.covariance, moments.count, of_squares(w)};
}

MeanEstimate mean_of(MatrixXd const& w) {
  auto const moments = test::moments_of(w);
  return {moments.mean, moments.covariance, moments.count, of_rows(w)};
}

// Independent components, of which one is skewed along (0.6, 0.8): that is where reach and skewness are largest.
TEST(WidestReach, FindsADirectionBetweenThoseOfTheNet) {
  std::mt19937_64 bits(81);
  for (Eigen::Index const p : {2, 3, 5}) {
    MatrixXd rows = test::table(4000, p, std::normal_distribution(), bits);
    VectorXd ridge = VectorXd::Zero(p);
    ridge(0) = 0.6;
    ridge(p - 1) = 0.8;
    std::exponential_distribution<> skewed(0.3);
    for (Eigen::Index i = 0; i < rows.rows(); ++i) rows.row(i) += skewed(bits) * ridge.transpose();
    FarLevel const level = far_level(1e-6, p);
    auto const directions = of_rows(rows);
    auto const widest = widest_reach(directions, p, 4000, level);
    auto const there = reach_along(directions, ridge, level);
    EXPECT_TRUE(widest.valid);
    EXPECT_GT(widest.reach, 0.999 * there.up) << p;
    EXPECT_LT(widest.reach, 1.05 * there.up) << p;
  }
}

TEST(WidestReach, IsNotValidWhereOneDirectionIsTooSkewed) {
  std::mt19937_64 bits(82);
  MatrixXd rows = test::table(5000, 3, std::normal_distribution(), bits);
  for (Eigen::Index i = 0; i < rows.rows(); ++i) rows(i, 2) = i < 3 ? 40 : 0;
  auto const widest = widest_reach(of_rows(rows), 3, 5000, far_level(1e-6, 3));
  EXPECT_FALSE(widest.valid);
  EXPECT_TRUE(widest.reason.starts_with("too skewed for 5,000 replicates: about ")) << widest.reason;
}

TEST(WidestReach, TakesNoVariationForCertaintyOnlyWhereItIsConstant) {
  std::mt19937_64 bits(83);
  MatrixXd rows = test::table(5000, 2, std::normal_distribution(), bits);
  rows.col(1).setConstant(0.5);
  auto directions = of_rows(rows);
  auto const unknown = widest_reach(directions, 2, 5000, far_level(1e-6, 2));
  EXPECT_FALSE(unknown.valid);
  EXPECT_EQ(unknown.reason, "no variation seen in 5,000 replicates");
  directions.constant = [](VectorXd const& u) { return u(0) == 0; };
  auto const known = widest_reach(directions, 2, 5000, far_level(1e-6, 2));
  EXPECT_TRUE(known.valid);
  EXPECT_NEAR(known.reach, far_level(1e-6, 2).critical / std::sqrt(5000.0), 0.01);
  rows.col(0).setConstant(2);
  directions.along = of_rows(rows).along;
  directions.constant = [](VectorXd const&) { return true; };
  EXPECT_TRUE(widest_reach(directions, 2, 5000, far_level(1e-6, 2)).valid);
  EXPECT_EQ(widest_reach(directions, 2, 5000, far_level(1e-6, 2)).reach, 0);
}

// E w w' of exponential w (mean 1): 1 + identity, off a target by diag(0.2, 0, ...).
TEST(LargestDirection, CoversForSkewedContributionsByTheirMoments) {
  std::mt19937_64 bits(84);
  for (int const p : {1, 2}) {
    MatrixXd target = MatrixXd::Identity(p, p) + MatrixXd::Ones(p, p);
    target(0, 0) -= 0.2;
    test::expect_misses_at_most(0.1, test::count_misses(400, 0.2, [&] {
                                  auto const w = test::table(3000, p, std::exponential_distribution(1.0), bits);
                                  return largest_direction(minus(second_moment_with_rows(w), target), 0.1);
                                }));
  }
}

TEST(LargestDirection, IsTheIntervalOfAnAbsoluteMeanInOneDimension) {
  std::mt19937_64 bits(85);
  auto const w = test::table(3000, 1, std::exponential_distribution(1.0), bits);
  auto const estimate = second_moment_with_rows(w);
  auto const mean = mean_interval(moments_of(w.array().square()), 1e-4);
  auto const largest = largest_direction(minus(estimate, MatrixXd::Constant(1, 1, 1)), 1e-4);
  EXPECT_NEAR(largest.lower, mean.lower - 1, 1e-12);
  EXPECT_GE(largest.upper, mean.upper - 1 - 1e-12);
  auto const quadratic = quadratic_form(VectorXd::Ones(1), estimate, 1e-4);
  EXPECT_NEAR(quadratic.lower, mean.lower, 1e-12);
  EXPECT_NEAR(quadratic.upper, mean.upper, 1e-12);
}

TEST(Congruent, CarriesTheMomentsAlongDirections) {
  std::mt19937_64 bits(86);
  auto const w = test::table(3000, 2, std::normal_distribution(), bits);
  MatrixXd const a = (MatrixXd(2, 2) << 1.0, -2.0, 0.5, 0.3).finished();
  auto const carried = congruent(second_moment_with_rows(w), a);
  auto const direct = second_moment_with_rows(w * a.transpose());
  VectorXd const u = VectorXd::Unit(2, 1) * 2;
  EXPECT_NEAR(carried.directions.along(u).kurtosis, direct.directions.along(u).kurtosis, 1e-9);
  EXPECT_NEAR(smallest_eigenvalue(carried, 1e-3).lower, smallest_eigenvalue(direct, 1e-3).lower, 1e-9);
}

TEST(MeanNorm, CoversForSkewedVectorsByTheirMoments) {
  std::mt19937_64 bits(87);
  test::expect_misses_at_most(0.1, test::count_misses(400, 0.1, [&] {
                                MatrixXd w = test::table(2000, 2, std::exponential_distribution(1.0), bits);
                                w.col(0).array() -= 0.9;
                                w.col(1).array() -= 1;
                                return mean_norm(mean_of(w), 0.1);
                              }));
}

TEST(MeanNorm, IsOpenForTooFewReplicates) {
  std::mt19937_64 bits(88);
  auto const w = test::table(2000, 2, std::normal_distribution(), bits);
  auto const interval = mean_norm(mean_of(w), 1e-10);
  EXPECT_TRUE(std::isinf(interval.upper));
  EXPECT_FALSE(interval.reason.empty());
}

}  // namespace
}  // namespace fisherlab::claims
