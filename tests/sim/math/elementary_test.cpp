#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/sim/math/rig.hpp"

// Dense sweeps against the C library's functions for `long double`. With a significand of 64 bits these are wrong by
// less than 0.001 ulp of a double. tests/sim/math/multiprecision_test.cpp does without that assumption, on fewer
// points.

namespace fisherlab::test {
namespace {

using Exact = long double;
constexpr int elementary_points = 100'000;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class Elementary : public testing::Test {
 protected:
  void SetUp() override {
    if (std::numeric_limits<long double>::digits < 64) GTEST_SKIP() << "long double is no wider than double here";
  }
  Points points{20240607};
};

constexpr auto log_of = [](double x) { return sim::log(x); };
constexpr auto log1p_of = [](double x) { return sim::log1p(x); };
constexpr auto exp_of = [](double x) { return sim::exp(x); };
constexpr auto expm1_of = [](double x) { return sim::expm1(x); };
constexpr auto tanh_of = [](double x) { return sim::tanh(x); };
constexpr auto exact_log = [](Exact x) { return std::log(x); };
constexpr auto exact_log1p = [](Exact x) { return std::log1p(x); };
constexpr auto exact_exp = [](Exact x) { return std::exp(x); };
constexpr auto exact_expm1 = [](Exact x) { return std::expm1(x); };
constexpr auto exact_tanh = [](Exact x) { return std::tanh(x); };

TEST_F(Elementary, LogKeepsItsBound) {
  EXPECT_WITHIN_ULP(bound::log, points.geometric(elementary_points, -1074, 1024), log_of, exact_log);
  EXPECT_WITHIN_ULP(bound::log, points.linear(elementary_points, 0.5, 2.0), log_of, exact_log);
  EXPECT_WITHIN_ULP(bound::log, points.geometric(elementary_points, -52, -1, 1.0, true), log_of, exact_log);
}

TEST_F(Elementary, Log1pKeepsItsBound) {
  EXPECT_WITHIN_ULP(bound::log1p, points.linear(elementary_points, -1.0, 3.0), log1p_of, exact_log1p);
  EXPECT_WITHIN_ULP(bound::log1p, points.geometric(elementary_points, -1074, -1, 0.0, true), log1p_of, exact_log1p);
  EXPECT_WITHIN_ULP(bound::log1p, points.geometric(elementary_points, -53, -1, -1.0), log1p_of, exact_log1p);
  EXPECT_WITHIN_ULP(bound::log1p, points.geometric(elementary_points, 0, 1024), log1p_of, exact_log1p);
}

TEST_F(Elementary, ExpKeepsItsBoundIntoOverflowAndGradualUnderflow) {
  EXPECT_WITHIN_ULP(bound::exp, points.linear(elementary_points, -708.0, 709.79), exp_of, exact_exp);
  EXPECT_WITHIN_ULP(bound::exp, points.linear(elementary_points, -746.0, -708.0), exp_of, exact_exp);
  EXPECT_WITHIN_ULP(bound::exp, points.linear(elementary_points, -1.0, 1.0), exp_of, exact_exp);
  EXPECT_WITHIN_ULP(bound::exp, points.geometric(elementary_points, -1074, 1, 0.0, true), exp_of, exact_exp);
}

TEST_F(Elementary, Expm1KeepsItsBound) {
  EXPECT_WITHIN_ULP(bound::expm1, points.linear(elementary_points, -50.0, 709.79), expm1_of, exact_expm1);
  EXPECT_WITHIN_ULP(bound::expm1, points.linear(elementary_points, -2.0, 2.0), expm1_of, exact_expm1);
  EXPECT_WITHIN_ULP(bound::expm1, points.geometric(elementary_points, -1074, 1, 0.0, true), expm1_of, exact_expm1);
}

TEST_F(Elementary, TanhKeepsItsBound) {
  EXPECT_WITHIN_ULP(bound::tanh, points.linear(elementary_points, -25.0, 25.0), tanh_of, exact_tanh);
  EXPECT_WITHIN_ULP(bound::tanh, points.linear(elementary_points, -1.0, 1.0), tanh_of, exact_tanh);
  EXPECT_WITHIN_ULP(bound::tanh, points.geometric(elementary_points, -1074, 1, 0.0, true), tanh_of, exact_tanh);
}

TEST_F(Elementary, PowLosesTwoUlpForEachUnitOfTheExponent) {
  int ran = 0;
  for (int i = 0; i < elementary_points; ++i) {
    double const x = std::exp2(points.uniform(-20.0, 20.0));
    double const y = points.uniform(-60.0, 60.0);
    double const exponent = std::fabs(y * std::log(x));
    if (exponent > 700.0) continue;
    ++ran;
    ASSERT_LE(ulp_error(sim::pow(x, y), std::pow(Exact(x), Exact(y))), 2.0 + 2.0 * exponent) << x << " ^ " << y;
  }
  EXPECT_GT(ran, elementary_points / 2);
}

TEST(Log, HasTheSpecialValues) {
  EXPECT_EQ(sim::log(0.0), -inf);
  EXPECT_EQ(sim::log(-0.0), -inf);
  EXPECT_EQ(sim::log(inf), inf);
  EXPECT_EQ(sim::to_bits(sim::log(1.0)), 0u);
  for (double const x : {-1.0, -1e-320, -inf, nan, -nan}) EXPECT_EQ(sim::to_bits(sim::log(x)), sim::detail::nan_bits);
}

TEST(Log, OfPositiveNormalNumbersIsLogPositive) {
  Points points(5);
  for (double const x : points.geometric(10'000, -1022, 1024)) EXPECT_EQ(sim::log(x), sim::log_positive(x));
}

TEST(Log1p, HasTheSpecialValues) {
  EXPECT_EQ(sim::log1p(-1.0), -inf);
  EXPECT_EQ(sim::log1p(inf), inf);
  EXPECT_EQ(sim::log1p(std::numeric_limits<double>::max()), sim::log(std::numeric_limits<double>::max()));
  EXPECT_EQ(sim::to_bits(sim::log1p(0.0)), 0u);
  EXPECT_EQ(sim::to_bits(sim::log1p(-0.0)), std::uint64_t{1} << 63);
  for (double const x : {-1.5, -inf, nan, -nan}) EXPECT_EQ(sim::to_bits(sim::log1p(x)), sim::detail::nan_bits);
}

TEST(Exp, HasTheSpecialValues) {
  EXPECT_EQ(sim::exp(0.0), 1.0);
  EXPECT_EQ(sim::exp(inf), inf);
  EXPECT_EQ(sim::exp(-inf), 0.0);
  EXPECT_EQ(sim::exp(1e300), inf);
  EXPECT_EQ(sim::exp(-1e300), 0.0);
  EXPECT_EQ(sim::exp(-745.0), std::numeric_limits<double>::denorm_min());
  for (double const x : {nan, -nan}) EXPECT_EQ(sim::to_bits(sim::exp(x)), sim::detail::nan_bits);
}

TEST(Expm1, HasTheSpecialValues) {
  EXPECT_EQ(sim::expm1(inf), inf);
  EXPECT_EQ(sim::expm1(-inf), -1.0);
  EXPECT_EQ(sim::expm1(-1e300), -1.0);
  EXPECT_EQ(sim::to_bits(sim::expm1(-0.0)), std::uint64_t{1} << 63);
  for (double const x : {nan, -nan}) EXPECT_EQ(sim::to_bits(sim::expm1(x)), sim::detail::nan_bits);
}

TEST(Tanh, HasTheSpecialValuesAndIsOdd) {
  EXPECT_EQ(sim::tanh(inf), 1.0);
  EXPECT_EQ(sim::tanh(-inf), -1.0);
  EXPECT_EQ(sim::to_bits(sim::tanh(-0.0)), std::uint64_t{1} << 63);
  for (double const x : {nan, -nan}) EXPECT_EQ(sim::to_bits(sim::tanh(x)), sim::detail::nan_bits);
  Points points(6);
  for (double const x : points.linear(1000, 0.0, 30.0)) EXPECT_EQ(sim::tanh(-x), -sim::tanh(x));
}

TEST(Pow, HasTheSpecialValues) {
  EXPECT_EQ(sim::pow(3.0, 0.0), 1.0);
  EXPECT_EQ(sim::pow(1.0, 123.0), 1.0);
  EXPECT_EQ(sim::pow(0.0, 2.0), 0.0);
  EXPECT_EQ(sim::pow(0.0, -2.0), inf);
  EXPECT_TRUE(std::isnan(sim::pow(-1.0, 2.0)));
}

}  // namespace
}  // namespace fisherlab::test
