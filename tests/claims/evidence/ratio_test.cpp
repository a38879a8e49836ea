#include "claims/evidence/ratio.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/expects.hpp"
#include "base/special/quantiles.hpp"
#include "claims/evidence/mean.hpp"
#include "tests/support/coverage.hpp"
#include "tests/support/samples.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;

TEST(Ratio, EndsSolveFiellersEquation) {
  PairMoments const pair{.numerator = 3,
                         .denominator = 2,
                         .variance_of_numerator = 5,
                         .variance_of_denominator = 4,
                         .covariance = -1,
                         .count = 50};
  Interval const interval = ratio_of_means(pair, 0.05);
  double const t = student_critical(49, 0.05);
  for (double const rho : {interval.lower, interval.upper}) {
    EXPECT_NEAR(std::pow(3 - 2 * rho, 2), t * t * (5 + 2 * rho + 4 * rho * rho) / 50, 1e-12);
  }
  EXPECT_LT(interval.lower, 1.5);
  EXPECT_GT(interval.upper, 1.5);
  EXPECT_NEAR(interval.std_error, std::sqrt((5 + 3 + 9) / 50.0) / 2, 1e-14);
}

/// Pairs of exponential numbers with means 3 and 1: skewed, so that the ends are found by the moments of a - rho b.
PairMoments exponential_pairs(int count, std::mt19937_64& bits) {
  MatrixXd rows = test::table(count, 2, std::exponential_distribution(1.0), bits);
  rows.col(0) *= 3;
  auto const m = test::moments_of(rows);
  PairMoments pair{m.mean[0], m.mean[1], m.covariance(0, 0), m.covariance(1, 1), m.covariance(0, 1), m.count};
  pair.less = [rows](double rho) {
    Eigen::VectorXd const d = rows.col(0) - rho * rows.col(1);
    double central[5] = {};
    for (int k = 2; k <= 4; ++k) central[k] = (d.array() - d.mean()).pow(k).mean();
    return sample_moments_of(d.mean(), central, d.size());
  };
  return pair;
}

TEST(Ratio, HoldsEveryRatioWhoseDifferenceMayHaveMeanZero) {
  std::mt19937_64 bits(603);
  auto const pair = exponential_pairs(20'000, bits);
  Interval const interval = ratio_of_means(pair, 1e-6);
  double const step = 1e-6;
  for (double const outwards : {-1.0, 1.0}) {
    double const end = outwards < 0 ? interval.lower : interval.upper;
    auto const inside = mean_interval(pair.less(end - outwards * step), 1e-6);
    auto const outside = mean_interval(pair.less(end + outwards * step), 1e-6);
    EXPECT_TRUE(inside.lower <= 0 && inside.upper >= 0);
    EXPECT_FALSE(outside.lower <= 0 && outside.upper >= 0);
  }
  EXPECT_TRUE(std::isinf(ratio_of_means(pair, 1e-10).upper));  // too few replicates for that error
}

TEST(Ratio, CoversSkewedPairsByTheirMoments) {
  std::mt19937_64 bits(604);
  test::expect_misses_at_most(
      0.1, test::count_misses(1500, 3.0, [&] { return ratio_of_means(exponential_pairs(400, bits), 0.1); }));
}

TEST(Ratio, SaysNothingWhenTheDenominatorMayBeZero) {
  PairMoments const pair{.numerator = 1,
                         .denominator = 0.1,
                         .variance_of_numerator = 1,
                         .variance_of_denominator = 1,
                         .covariance = 0,
                         .count = 50};
  EXPECT_TRUE(std::isnan(ratio_of_means(pair, 0.05).estimate));
}

TEST(Ratio, CoversCorrelatedNormalPairsExactly) {
  std::mt19937_64 bits(601);
  MatrixXd const root = (MatrixXd(2, 2) << 1.0, 0.0, 0.8, 0.6).finished();
  test::expect_misses_equal(
      0.1, test::count_misses(10'000, -2.0, [&] {
        MatrixXd rows = test::table(30, 2, std::normal_distribution(), bits) * root.transpose();
        rows.col(0).array() -= 4;
        rows.col(1).array() += 2;
        auto const m = test::moments_of(rows);
        return ratio_of_means(
            {m.mean[0], m.mean[1], m.covariance(0, 0), m.covariance(1, 1), m.covariance(0, 1), m.count}, 0.1);
      }));
}

}  // namespace
}  // namespace fisherlab::claims
