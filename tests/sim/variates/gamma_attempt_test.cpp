#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/variates/gamma.hpp"

namespace fisherlab {
namespace {

using sim::GammaAttempt;

TEST(GammaAttempt, HasAPolynomialWithinItsStatedError) {
  double largest = 0;
  int points = 0;
  for (int k = -30'000; k <= 30'000; ++k, ++points) {
    double const x = GammaAttempt<double>::quick_range * k / 30'000;
    double q = 0;  // the alternating series; at |x| = 3/4 its 100th term is 3e-15
    for (int j = 100; j >= 0; --j) q = std::pow(-x, j) / (j + 4) + q;
    largest = std::max(largest, std::fabs(GammaAttempt<double>::quick_q(x) - q));
  }
  EXPECT_EQ(points, 60'001);
  EXPECT_LT(largest, 0.95 * GammaAttempt<double>::quick_error);
}

TEST(GammaAttempt, DecidesAsTheLogarithmsDo) {
  sim::ScalarStream stream({.seed = 4, .scenario = 1, .replicate = 0});
  int accepted = 0, tried = 0;
  for (double const shape : {1.0, 1.3, 2.5, 50.0, 1e4}) {
    GammaAttempt<double> const attempt(shape);
    double const d = shape - 1.0 / 3.0;
    double const c = 1 / std::sqrt(9 * d);
    for (int k = 0; k < 200'000; ++k) {
      double const z = stream.normal(), u = stream.open_uniform();
      double const v = std::pow(1 + c * z, 3);
      double const t = 0.5 * z * z + d - d * v + d * std::log(v);
      auto const [value, taken] = attempt(z, u);
      bool const exact = v > 0 && std::log(u) <= t;
      // Rounding of t, whose terms are of the size of d, may decide a tie.
      EXPECT_TRUE(taken == exact || std::fabs(std::log(u) - t) < 1e-14 * (1 + d)) << shape << ' ' << z << ' ' << u;
      if (taken) {
        EXPECT_NEAR(value, d * v, 1e-14 * d * v);
      }
      accepted += taken;
      ++tried;
    }
  }
  EXPECT_EQ(tried, 1'000'000);
  EXPECT_GT(accepted, 950'000);
}

}  // namespace
}  // namespace fisherlab
