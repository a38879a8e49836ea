#include "claims/evidence/matrix.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <random>

#include "base/expects.hpp"
#include "claims/evidence/mean.hpp"
#include "tests/support/coverage.hpp"
#include "tests/support/samples.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// The estimate of E w w'.
MatrixEstimate second_moment(MatrixXd const& w) {
  auto const moments = test::moments_of(test::with_products(w, false));
  return {from_iso_vech(moments.mean), moments.covariance, moments.count};
}

MatrixEstimate covariance_estimate(MatrixXd const& w) {
  auto const moments = test::moments_of(test::with_products(w, true));
  return covariance_as_mean(moments.mean, moments.covariance, moments.count);
}

MatrixXd identity(Eigen::Index p) { return MatrixXd::Identity(p, p); }

TEST(IsoVech, ListsTheLowerTriangleRowByRowAndKeepsTheNorm) {
  MatrixXd const m = (MatrixXd(3, 3) << 1, 2, 4, 2, 3, 5, 4, 5, 6).finished();
  double const root = std::sqrt(2.0);
  VectorXd const expected = (VectorXd(6) << 1, 2 * root, 3, 4 * root, 5 * root, 6).finished();
  EXPECT_NEAR((iso_vech(m) - expected).norm(), 0, 1e-14);
  EXPECT_NEAR(iso_vech(m).norm(), m.norm(), 1e-14);
  EXPECT_NEAR((from_iso_vech(iso_vech(m)) - m).norm(), 0, 1e-14);
  EXPECT_THROW(from_iso_vech(VectorXd::Zero(4)), InputError);
  EXPECT_THROW(iso_vech(MatrixXd::Zero(2, 3)), InputError);
}

TEST(Congruent, IsTheEstimateFromTransformedReplicates) {
  std::mt19937_64 bits(201);
  MatrixXd const w = test::table(50, 3, std::exponential_distribution(0.5), bits);
  MatrixXd const a = (MatrixXd(2, 3) << 1.0, -2.0, 0.5, 0.3, 0.7, 2.0).finished();
  MatrixEstimate const direct = second_moment(w * a.transpose());
  MatrixEstimate const carried = congruent(second_moment(w), a);
  EXPECT_LT((direct.value - carried.value).norm(), 1e-12 * direct.value.norm());
  EXPECT_LT((direct.contribution_covariance - carried.contribution_covariance).norm(),
            1e-12 * direct.contribution_covariance.norm());
}

// The linear form in y and the covariance of the centred products are the same numbers.
/// With the moments of each contribution along u kept.
MatrixEstimate with_shape(MatrixXd const& w) {
  auto estimate = second_moment(w);
  estimate.directions.along = [w](VectorXd const& u) {
    VectorXd const y = (w * u).array().square();
    double central[5] = {};
    for (int k = 0; k < 5; ++k) central[k] = (y.array() - y.mean()).pow(k).mean();
    return sample_moments_of(y.mean(), central, w.rows());
  };
  return estimate;
}

// Two independent matrices of squares, and the pairs themselves as contributions: the same mean, variance and interval.
TEST(Minus, OfIndependentEstimatesIsThatOfTheirPairs) {
  std::mt19937_64 bits(71);
  constexpr Eigen::Index count = 50'000, p = 2;
  MatrixXd const v = test::table(count, p, std::normal_distribution<>(), bits),
                 w = test::table(count, p, std::normal_distribution<>(), bits);
  auto const difference = minus(with_shape(v), with_shape(w));
  VectorXd const u = (VectorXd(2) << 0.6, -0.8).finished();
  VectorXd const pairs = (v * u).array().square() - (w * u).array().square();
  auto const moments = difference.directions.along(u);
  EXPECT_NEAR(moments.mean, pairs.mean(), 1e-12);
  EXPECT_NEAR(moments.variance / 4, 1, 0.05);  // 2 + 2
  EXPECT_NEAR(moments.skewness, 0, 0.25);
  EXPECT_NEAR(moments.kurtosis, 9, 1.2);  // of the difference of two chi^2_1
  EXPECT_EQ(difference.count, count);
  EXPECT_LT(largest_direction(difference, 1e-6).lower, 1e-12);
  EXPECT_THROW(minus(with_shape(v), with_shape(w.topRows(10))), InputError);
}

// What is constant by construction adds nothing; what merely was not seen to vary leaves no interval.
TEST(Minus, TellsAConstantFromAnEventThatWasNotSeen) {
  std::mt19937_64 bits(72);
  MatrixXd const w = test::table(40'000, 1, std::normal_distribution<>(), bits);
  auto still = with_shape(MatrixXd::Ones(40'000, 1));
  EXPECT_TRUE(std::isinf(largest_direction(minus(with_shape(w), still), 1e-4).upper));
  still.directions.constant = [](VectorXd const&) { return true; };
  auto const interval = largest_direction(minus(with_shape(w), still), 1e-4);
  auto const alone = largest_direction(minus(with_shape(w), MatrixXd::Ones(1, 1)), 1e-4);
  EXPECT_DOUBLE_EQ(interval.upper, alone.upper);
  EXPECT_DOUBLE_EQ(largest_direction(minus(still, with_shape(w)), 1e-4).upper, alone.upper);
}

TEST(CovarianceAsMean, IsTheCovarianceOfCentredProducts) {
  std::mt19937_64 bits(202);
  for (int const p : {1, 2, 3}) {
    MatrixXd const w = test::table(40, p, std::exponential_distribution(1.0), bits);
    MatrixEstimate const estimate = covariance_estimate(w);
    auto const moments = test::moments_of(w);
    MatrixXd const centred = w.rowwise() - moments.mean.transpose();
    MatrixXd const expected = test::moments_of(test::with_products(centred, false)).covariance;
    EXPECT_LT((estimate.value - moments.covariance).norm(), 1e-12);
    EXPECT_LT((estimate.contribution_covariance - expected).norm(), 1e-10);
  }
  EXPECT_THROW(covariance_as_mean(VectorXd::Zero(4), identity(4), 9), InputError);
}

TEST(LargestDirection, IsStudentsIntervalForAnAbsoluteMeanInOneDimension) {
  MatrixEstimate const difference{MatrixXd::Constant(1, 1, -0.5), MatrixXd::Constant(1, 1, 4.0), 100};
  Interval const interval = largest_direction(difference, 0.01);
  Interval const student = mean_interval({.mean = 0.5, .variance = 4, .count = 100}, 0.01);
  EXPECT_NEAR(interval.estimate, 0.5, 1e-15);
  EXPECT_NEAR(interval.std_error, 0.2, 1e-15);
  EXPECT_NEAR(interval.lower, std::max(0.0, student.lower), 1e-12);
  EXPECT_NEAR(interval.upper, student.upper, 1e-12);
}

TEST(LargestDirection, UsesTheLargestStandardErrorAboveAndItsOwnBelow) {
  // D = diag(0.5, -0.1); one contribution varies 0.01 in (0,0), 0.04 in the off-diagonal, 0.09 in (1,1).
  MatrixEstimate const difference{Eigen::Vector2d(0.5, -0.1).asDiagonal().toDenseMatrix(),
                                  Eigen::Vector3d(0.01, 0.04, 0.09).asDiagonal().toDenseMatrix(), 100'000'000};
  Interval const interval = largest_direction(difference, 1e-3);
  double const c = std::sqrt(16.2662361962);  // chi^2 with 3 degrees of freedom
  EXPECT_NEAR(interval.estimate, 0.5, 1e-15);
  EXPECT_NEAR(interval.lower, 0.5 - c * 0.1e-4, 1e-9);
  EXPECT_NEAR(interval.upper, 0.5 + c * 0.3e-4, 1e-9);
  Interval const smallest = smallest_eigenvalue(difference, 1e-3);
  EXPECT_NEAR(smallest.estimate, -0.1, 1e-15);
  EXPECT_NEAR(smallest.lower, -0.1 - c * 0.3e-4, 1e-9);
  EXPECT_NEAR(smallest.upper, -0.1 + c * 0.3e-4, 1e-9);
}

TEST(LargestDirection, SaysNothingFromFewerReplicatesThanCoordinates) {
  EXPECT_TRUE(std::isnan(largest_direction({identity(2), identity(3), 3}, 0.05).estimate));
  EXPECT_TRUE(std::isnan(smallest_eigenvalue({identity(2), identity(3), 3}, 0.05).estimate));
  EXPECT_THROW(largest_direction({identity(2), identity(2), 99}, 0.05), InputError);
}

// E w w' of exponential w (mean 1): 1 + identity, off a target by diag(0.2, 0, ...).
TEST(LargestDirection, CoversForSkewedContributions) {
  std::mt19937_64 bits(203);
  for (int const p : {1, 2, 3}) {
    MatrixXd target = identity(p) + MatrixXd::Ones(p, p);
    target(0, 0) -= 0.2;
    test::expect_misses_at_most(0.1, test::count_misses(2000, 0.2, [&] {
                                  auto const w = test::table(1500, p, std::exponential_distribution(1.0), bits);
                                  return largest_direction(minus(second_moment(w), target), 0.1);
                                }));
  }
}

TEST(LargestDirection, CoversTheErrorOfACovarianceWithHeavyTails) {
  std::mt19937_64 bits(204);
  for (int const p : {1, 2, 3}) {
    MatrixXd target = identity(p);
    target(p - 1, p - 1) = 0.7;
    test::expect_misses_at_most(0.1, test::count_misses(2000, 0.3, [&] {
                                  auto const w = test::table(1500, p, std::exponential_distribution(1.0), bits);
                                  return largest_direction(minus(covariance_estimate(w), target), 0.1);
                                }));
  }
}

// A covariance of contributions taken as if w were normal (2 times the identity) ignores a kurtosis of 9.
TEST(LargestDirection, MissesTooOftenWhenFourthMomentsAreAssumedNormal) {
  std::mt19937_64 bits(205);
  auto const misses = test::count_misses(1000, 0.3, [&] {
    auto estimate = covariance_estimate(test::table(500, 1, std::exponential_distribution(1.0), bits));
    estimate.contribution_covariance.setConstant(2.0);
    return largest_direction(minus(estimate, MatrixXd::Constant(1, 1, 0.7)), 0.1);
  });
  EXPECT_GT(test::miss_rate(misses.all(), misses.repeats).lower, 0.2);
}

TEST(LargestDirection, DetectsAnInformationPlantedTwoPercentOff) {
  std::mt19937_64 bits(206);
  MatrixEstimate const estimate = second_moment(test::table(400'000, 2, std::normal_distribution(), bits));
  Interval const sound = largest_direction(minus(estimate, identity(2)), 1e-6);
  EXPECT_LT(sound.upper, 0.02);
  Interval const planted = largest_direction(minus(estimate, 1.02 * identity(2)), 1e-6);
  EXPECT_GT(planted.lower, 0);
}

TEST(SmallestEigenvalue, CoversRepeatedAndDistinctEigenvalues) {
  std::mt19937_64 bits(207);
  for (double const smallest : {1.0, 0.25}) {
    Eigen::Vector3d const scale(1.0, std::sqrt(smallest), 1.0);
    test::expect_misses_at_most(0.1, test::count_misses(2000, smallest, [&] {
                                  MatrixXd const w =
                                      test::table(400, 3, std::normal_distribution(), bits) * scale.asDiagonal();
                                  return smallest_eigenvalue(covariance_estimate(w), 0.1);
                                }));
  }
}

TEST(SmallestEigenvalue, DetectsAVarianceBelowTheBoundInOneDirection) {
  std::mt19937_64 bits(208);
  MatrixXd w = test::table(100'000, 3, std::normal_distribution(), bits);
  EXPECT_GT(smallest_eigenvalue(covariance_estimate(w), 1e-6).lower, 0.95);
  w.col(0) = 0.2 * w.col(0) + 0.9 * w.col(1);  // the direction (1, -0.9, 0) has variance below 1
  EXPECT_LT(smallest_eigenvalue(covariance_estimate(w), 1e-6).upper, 0.1);
}

TEST(QuadraticForm, IsStudentsIntervalForTheProjection) {
  std::mt19937_64 bits(209);
  MatrixXd const w = test::table(300, 2, std::exponential_distribution(0.7), bits);
  Eigen::Vector2d const direction(0.5, -2.0);
  VectorXd const squares = (w * direction).array().square();
  auto const moments = test::moments_of(squares);
  Interval const direct = mean_interval({moments.mean[0], moments.covariance(0, 0), 300}, 1e-3);
  Interval const interval = quadratic_form(direction, second_moment(w), 1e-3);
  EXPECT_NEAR(interval.estimate, direct.estimate, 1e-10);
  EXPECT_NEAR(interval.lower, direct.lower, 1e-9);
  EXPECT_NEAR(interval.upper, direct.upper, 1e-9);
  EXPECT_THROW(quadratic_form(VectorXd::Ones(3), second_moment(w), 0.1), InputError);
}

}  // namespace
}  // namespace fisherlab::claims
