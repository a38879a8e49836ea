#include "claims/evidence/mean.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/non_central_f.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "base/expects.hpp"
#include "base/special/noncentral.hpp"
#include "base/special/quantiles.hpp"
#include "tests/support/coverage.hpp"
#include "tests/support/samples.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

Interval distance_of(MatrixXd const& rows, double alpha) {
  auto const moments = test::moments_of(rows);
  return mean_distance(moments.mean, moments.covariance, moments.count, alpha);
}

TEST(MeanInterval, IsStudents) {
  Interval const interval = mean_interval({.mean = 5, .variance = 4, .count = 10}, 0.05);
  EXPECT_NEAR(interval.std_error, 0.632455532, 1e-9);
  EXPECT_NEAR(interval.lower, 5 - 2.262157163 * 0.632455532, 1e-8);
  EXPECT_NEAR(interval.upper, 5 + 2.262157163 * 0.632455532, 1e-8);
}

TEST(MeanInterval, RefusesWhatHasNoInterval) {
  EXPECT_THROW(mean_interval({.mean = 0, .variance = 1, .count = 1}, 0.05), InputError);
  EXPECT_THROW(mean_interval({.mean = 0, .variance = -1, .count = 9}, 0.05), InputError);
  EXPECT_THROW(mean_interval({.mean = 0, .variance = 1, .count = 9}, 0.0), InputError);
  EXPECT_THROW(mean_interval({.mean = 0, .variance = 1, .count = 9}, 1.0), InputError);
}

TEST(MeanInterval, CoversNormalDataExactly) {
  std::mt19937_64 bits(101);
  test::expect_misses_equal(0.07, test::count_misses(20'000, -3.0, [&] {
                              auto const m =
                                  test::moments_of(test::table(8, 1, std::normal_distribution(-3.0, 0.2), bits));
                              return mean_interval({m.mean[0], m.covariance(0, 0), m.count}, 0.07);
                            }));
}

// Exponential data, skewness 2, R = 400, alpha 0.1. The docstring's factor for the upper end is 1 + 2 * 1.645 * (2 *
// 1.645^2 + 1)/(6 * 20) = 1.18, and as much less for the lower end.
TEST(MeanInterval, LeansToOneSideForSkewedDataAsDocumented) {
  std::mt19937_64 bits(102);
  auto const misses = test::count_misses(20'000, 1.0, [&] {
    auto const m = test::moments_of(test::table(400, 1, std::exponential_distribution(1.0), bits));
    return mean_interval({m.mean[0], m.covariance(0, 0), m.count}, 0.1);
  });
  EXPECT_NEAR(static_cast<double>(misses.too_low) / 20'000, 0.05 * 1.18, 0.009);  // 5 standard errors
  EXPECT_NEAR(static_cast<double>(misses.too_high) / 20'000, 0.05 * 0.82, 0.007);
}

TEST(HotellingCritical, HasItsClosedFormInTwoDimensionsAndIsStudentsInOne) {
  // For p = 2, P(T^2 > t) = (1 + t/(R-1))^(-(R-2)/2).
  EXPECT_NEAR(hotelling_critical(2, 12, 0.05), std::sqrt(11 * (std::pow(0.05, -0.2) - 1)), 1e-10);
  EXPECT_NEAR(hotelling_critical(1, 10, 0.05), 2.262157163, 1e-8);
  EXPECT_NEAR(hotelling_critical(2, 100'000'000, 1e-14), std::sqrt(-2 * std::log(1e-14)), 1e-5);
  EXPECT_TRUE(std::isinf(hotelling_critical(3, 3, 0.05)));
}

TEST(HotellingLaw, IsTheCentralBetaLawWithoutShift) {
  HotellingLaw const law{2, 12};
  for (double const t : {0.01, 1.0, 30.0, 1e6}) {
    double const above = std::pow(1 + t / 11, -5);
    EXPECT_NEAR(law.above(t, 0) / above, 1, 1e-11);  // 1 - x loses digits at t far above R
    EXPECT_NEAR(law.below(t, 0), 1 - above, 1e-12);
  }
}

TEST(HotellingLaw, AgreesWithBoostsNoncentralF) {
  int compared = 0;
  for (std::int64_t const count : {50, 1000, 100'000}) {
    for (std::int64_t const p : {1, 2, 5}) {
      for (double const shift : {0.5, 3.0, 30.0}) {
        for (double const t : {0.1, 5.0, 500.0}) {
          auto const freedom = static_cast<double>(count - p);
          auto const dimension = static_cast<double>(p);
          boost::math::non_central_f const reference(dimension, freedom, shift * shift);
          double const f = t * freedom / (dimension * static_cast<double>(count - 1));
          HotellingLaw const law{p, count};
          EXPECT_NEAR(law.below(t, shift), cdf(reference, f), 1e-12);
          EXPECT_NEAR(law.above(t, shift), cdf(complement(reference, f)), 1e-12);
          ++compared;
        }
      }
    }
  }
  EXPECT_EQ(compared, 81);
}

// p = 1 and R large: |N(shift, 1)|, whose far tails are known to full relative accuracy.
TEST(HotellingLaw, KeepsRelativeAccuracyInFarTails) {
  auto const phi = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
  HotellingLaw const law{1, 1'000'000'000'000};
  EXPECT_NEAR(law.below(4.0, 10.0) / (phi(-8) - phi(-12)), 1, 1e-6);
  EXPECT_NEAR(law.above(144.0, 4.0) / (phi(-8) + phi(-16)), 1, 1e-6);
}

TEST(MeanDistance, EndsSitWhereTheLawSaysAlphaHalf) {
  VectorXd const difference = (VectorXd(2) << 0.6, -0.8).finished();
  MatrixXd const covariance = (MatrixXd(2, 2) << 4.0, 1.0, 1.0, 2.0).finished();
  Interval const interval = mean_distance(difference, covariance, 200, 1e-6);
  // d' V^-1 d = (2 * 0.36 + 4 * 0.64 + 2 * 0.48)/7
  double const squared = (0.72 + 2.56 + 0.96) / 7;
  EXPECT_NEAR(interval.estimate, std::sqrt(squared), 1e-12);
  HotellingLaw const law{2, 200};
  EXPECT_NEAR(law.above(200 * squared, std::sqrt(200.0) * interval.lower) / 5e-7, 1, 1e-6);
  EXPECT_NEAR(law.below(200 * squared, std::sqrt(200.0) * interval.upper) / 5e-7, 1, 1e-6);
}

TEST(MeanDistance, IsProperForEveryShareOfTheErrorAndEveryDistance) {
  int proper = 0;
  for (int const p : {1, 2, 3, 6}) {
    for (std::int64_t const count : {50LL, 10'000LL, 100'000'000LL}) {
      for (double const alpha : {0.1, 1e-9, 1e-14}) {
        for (double const t_squared : {0.0, 1e-6, 1.0, 30.0, 1e3, 9.9e3, 1.01e4, 1e6, 1e8}) {
          VectorXd const difference = VectorXd::Unit(p, 0) * std::sqrt(t_squared / static_cast<double>(count));
          Interval const interval = mean_distance(difference, MatrixXd::Identity(p, p), count, alpha);
          EXPECT_GE(interval.lower, 0);
          EXPECT_LE(interval.lower, interval.estimate);
          EXPECT_GT(interval.upper, interval.estimate);
          EXPECT_TRUE(std::isfinite(interval.upper));
          ++proper;
        }
      }
    }
  }
  EXPECT_EQ(proper, 324);
}

// Above the limit of the inversion the ends lie outside those that the law would give, and not far outside.
TEST(MeanDistance, IsConservativeWhereTheTriangleTakesOver) {
  int checked = 0;
  for (int const p : {1, 2, 3, 6}) {
    for (std::int64_t const count : {50LL, 10'000LL, 100'000'000LL}) {
      for (double const alpha : {0.1, 1e-6, 1e-14}) {
        double const root = std::sqrt(static_cast<double>(count));
        Interval const interval =
            mean_distance(VectorXd::Unit(p, 0) * 100.5 / root, MatrixXd::Identity(p, p), count, alpha);
        HotellingLaw const law{p, count};
        double const t_squared = 100.5 * 100.5;
        EXPECT_LE(law.above(t_squared, root * interval.lower), alpha / 2);
        EXPECT_LE(law.below(t_squared, root * interval.upper), alpha / 2);
        double const critical = hotelling_critical(p, count, alpha / 2);
        ChiSquaredRange const factor = chi_squared_range(count - p, alpha / 2);
        auto const degrees = static_cast<double>(count - 1);
        EXPECT_NEAR(root * interval.lower, (100.5 - critical) * std::sqrt(factor.lower / degrees), 1e-9);
        EXPECT_NEAR(root * interval.upper, (100.5 + critical) * std::sqrt(factor.upper / degrees), 1e-9);
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 36);
}

TEST(MeanDistance, DoesNotDependOnUnits) {
  VectorXd const difference = (VectorXd(2) << 0.3, 0.2).finished();
  MatrixXd const covariance = (MatrixXd(2, 2) << 2.0, 0.5, 0.5, 1.0).finished();
  Eigen::Vector2d const unit(1e-9, 1e6);
  Interval const one = mean_distance(difference, covariance, 500, 0.01);
  Interval const other =
      mean_distance(unit.asDiagonal() * difference, unit.asDiagonal() * covariance * unit.asDiagonal(), 500, 0.01);
  EXPECT_NEAR(one.lower, other.lower, 1e-9);
  EXPECT_NEAR(one.upper, other.upper, 1e-9);
}

TEST(MeanDistance, SaysNothingWhenTheCovarianceIsSingular) {
  VectorXd const difference = VectorXd::Constant(2, 0.1);
  MatrixXd const nearly = (MatrixXd(2, 2) << 1.0, 1 - 1e-14, 1 - 1e-14, 1.0).finished();
  for (MatrixXd const& covariance : {nearly, MatrixXd(MatrixXd::Ones(2, 2)), MatrixXd(MatrixXd::Zero(2, 2))}) {
    Interval const interval = mean_distance(difference, covariance, 1000, 0.05);
    EXPECT_TRUE(std::isnan(interval.estimate));
    EXPECT_TRUE(std::isinf(interval.upper));
  }
  EXPECT_TRUE(std::isnan(mean_distance(difference, MatrixXd::Identity(2, 2), 2, 0.05).estimate));
  EXPECT_THROW(mean_distance(difference, MatrixXd::Identity(3, 3), 100, 0.05), InputError);
}

TEST(MeanDistance, CoversNormalDataExactlyAwayFromZero) {
  std::mt19937_64 bits(103);
  for (int const p : {1, 2, 3}) {
    MatrixXd const root = MatrixXd::Identity(p, p) + MatrixXd::Constant(p, p, 0.4);
    // The mean is root * (1, 0, ...), so the distance is 1 whatever the root.
    test::expect_misses_equal(0.08, test::count_misses(2000, 1.0, [&] {
                                MatrixXd rows = test::table(60, p, std::normal_distribution(), bits);
                                rows.col(0).array() += 1.0;
                                return distance_of(rows * root.transpose(), 0.08);
                              }));
  }
}

TEST(MeanDistance, CoversAtZeroAndByTheTriangleToo) {
  std::mt19937_64 bits(104);
  for (double const shift : {0.0, 15.0}) {  // 15^2 * 60 is above the limit of the inversion
    test::expect_misses_at_most(0.08, test::count_misses(4000, shift, [&] {
                                  MatrixXd rows = test::table(60, 2, std::normal_distribution(), bits);
                                  rows.col(1).array() += shift;
                                  return distance_of(rows, 0.08);
                                }));
  }
}

// Skewness 2 in both components; at R = 1000 the level still holds within a tenth of itself.
TEST(MeanDistance, HoldsItsLevelNearZeroForSkewedDataOnceRIsLarge) {
  std::mt19937_64 bits(105);
  test::expect_misses_at_most(0.11, test::count_misses(3000, 0.1, [&] {
                                MatrixXd rows = test::table(1000, 2, std::exponential_distribution(2.0), bits);
                                rows.array() -= 0.5;
                                rows.col(0).array() += 0.05;
                                return distance_of(rows, 0.1);
                              }));
}

TEST(MeanDistance, DetectsAPlantedShiftAndVerifiesItsAbsence) {
  std::mt19937_64 bits(106);
  MatrixXd rows = test::table(40'000, 3, std::normal_distribution(0.0, 7.0), bits);
  Interval const sound = distance_of(rows, 1e-6);
  EXPECT_EQ(sound.lower, 0);
  EXPECT_LT(sound.upper, 0.05);
  rows.col(2).array() += 0.06 * 7;
  EXPECT_GT(distance_of(rows, 1e-6).lower, 0.01);
}

}  // namespace
}  // namespace fisherlab::claims
