#include "claims/evidence/mean.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/expects.hpp"
#include "base/special/quantiles.hpp"
#include "tests/support/coverage.hpp"
#include "tests/support/samples.hpp"

namespace fisherlab::claims {
namespace {

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

}  // namespace
}  // namespace fisherlab::claims
