#include <gtest/gtest.h>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <limits>

#include "sim/math/gamma_shape.hpp"
#include "tests/sim/math/rig.hpp"

// Dense sweeps against Boost.Math for `long double`, whose 64 bits leave an error below 0.02 ulp of a double.

namespace fisherlab::test {
namespace {

using Exact = long double;
constexpr int gamma_points = 40'000;

class GammaFunctions : public testing::Test {
 protected:
  void SetUp() override {
    if (std::numeric_limits<long double>::digits < 64) GTEST_SKIP() << "long double is no wider than double here";
  }
  Points points{271828};
};

constexpr auto lgamma_of = [](double x) { return sim::lgamma(x); };
constexpr auto digamma_of = [](double x) { return sim::digamma(x); };
constexpr auto trigamma_of = [](double x) { return sim::trigamma(x); };
constexpr auto exact_lgamma = [](Exact x) { return boost::math::lgamma(x); };
constexpr auto exact_digamma = [](Exact x) { return boost::math::digamma(x); };
constexpr auto exact_trigamma = [](Exact x) { return boost::math::trigamma(x); };

TEST_F(GammaFunctions, LgammaKeepsItsBoundNextToItsZerosToo) {
  EXPECT_WITHIN_ULP(bound::lgamma, points.linear(gamma_points, 0.0, 3.0), lgamma_of, exact_lgamma);
  EXPECT_WITHIN_ULP(bound::lgamma, points.linear(gamma_points, 3.0, 30.0), lgamma_of, exact_lgamma);
  EXPECT_WITHIN_ULP(bound::lgamma, points.geometric(gamma_points, -1000, 1000), lgamma_of, exact_lgamma);
  EXPECT_WITHIN_ULP(bound::lgamma, points.geometric(gamma_points, -52, -2, 1.0, true), lgamma_of, exact_lgamma);
  EXPECT_WITHIN_ULP(bound::lgamma, points.geometric(gamma_points, -51, -2, 2.0, true), lgamma_of, exact_lgamma);
}

TEST_F(GammaFunctions, DigammaKeepsItsBound) {
  EXPECT_WITHIN_ULP(bound::digamma, points.linear(gamma_points, 0.0, 3.0), digamma_of, exact_digamma, 1.0);
  EXPECT_WITHIN_ULP(bound::digamma, points.linear(gamma_points, 3.0, 30.0), digamma_of, exact_digamma, 1.0);
  EXPECT_WITHIN_ULP(bound::digamma, points.geometric(gamma_points, -1021, 1023), digamma_of, exact_digamma, 1.0);
}

TEST_F(GammaFunctions, TrigammaKeepsItsBound) {
  EXPECT_WITHIN_ULP(bound::trigamma, points.linear(gamma_points, 0.0, 8.0), trigamma_of, exact_trigamma);
  EXPECT_WITHIN_ULP(bound::trigamma, points.linear(gamma_points, 3.0, 30.0), trigamma_of, exact_trigamma);
  EXPECT_WITHIN_ULP(bound::trigamma, points.geometric(gamma_points, -510, 1000), trigamma_of, exact_trigamma);
}

TEST_F(GammaFunctions, HoldAtTheEndsOfTheirRange) {
  for (double const x : {0x1p-1000, 0x1p-1001, 1e-310, 0x1p-1074}) {
    EXPECT_LE(ulp_error(sim::lgamma(x), -std::log(Exact(x))), bound::lgamma) << x;
    EXPECT_LE(ulp_error(sim::digamma(x), -1 / Exact(x)), bound::digamma) << x;
    EXPECT_EQ(sim::trigamma(x), inf);
  }
  for (double const x : {0x1p999, 0x1p1000, 0x1p1001, 1e308}) {
    EXPECT_LE(ulp_error(sim::digamma(x), std::log(Exact(x))), bound::digamma) << x;
    EXPECT_LE(ulp_error(sim::trigamma(x), 1 / Exact(x)), bound::trigamma) << x;
  }
  EXPECT_EQ(sim::lgamma(3e305), inf);
  EXPECT_LT(sim::lgamma(2.5e305), inf);
}

TEST(GammaShapeStart, IsNearTheRoot) {
  for (double shape = 1e-3; shape < 1e6; shape *= 1.003) {
    auto const k = static_cast<Exact>(shape);
    auto const s = static_cast<double>(std::log(k) - boost::math::digamma(k));
    EXPECT_NEAR(sim::gamma_shape_start(s) / shape, 1, shape < 0.1 ? 0.0145 : 1.6e-4) << shape;
  }
}

TEST(Lgamma, HasTheSpecialValues) {
  EXPECT_EQ(sim::lgamma(1.0), 0.0);
  EXPECT_EQ(sim::lgamma(2.0), 0.0);
  EXPECT_EQ(sim::lgamma(inf), inf);
  for (double const x : {0.0, -0.0, -0.5, -3.0, -inf, std::nan("")})
    EXPECT_EQ(sim::to_bits(sim::lgamma(x)), sim::detail::nan_bits) << x;
}

TEST(DigammaTrigamma, HaveTheSpecialValues) {
  EXPECT_EQ(sim::digamma(inf), inf);
  EXPECT_EQ(sim::trigamma(inf), 0.0);
  for (double const x : {0.0, -0.0, -0.5, -3.0, -7.0, -1e308, -inf, std::nan("")}) {
    EXPECT_EQ(sim::to_bits(sim::digamma(x)), sim::detail::nan_bits) << x;
    EXPECT_EQ(sim::to_bits(sim::trigamma(x)), sim::detail::nan_bits) << x;
  }
}

TEST(DigammaTrigamma, AreTheTwoSingleFunctions) {
  Points points(8);
  for (double const x : points.geometric(1000, -20, 20)) {
    auto const both = sim::digamma_trigamma(x);
    EXPECT_EQ(both.digamma, sim::digamma(x));
    EXPECT_EQ(both.trigamma, sim::trigamma(x));
  }
}

}  // namespace
}  // namespace fisherlab::test
