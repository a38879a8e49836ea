#include "sim/math/error_function.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>

#include "sim/autodiff/dual.hpp"
#include "tests/sim/math/rig.hpp"

// Against Boost.Math for `long double`, whose 64 bits leave an error below 0.5 ulp of a double.

namespace fisherlab::test {
namespace {

using Exact = long double;
using sim::Dual;
using sim::Lanes;
constexpr int error_function_points = 20'000;
constexpr Exact root_two = 1.414213562373095048801688724209698079L;

constexpr auto erfc_of = [](double x) { return sim::erfc(x); };
constexpr auto cdf_of = [](double x) { return sim::normal_cdf(x); };
constexpr auto quantile_of = [](double p) { return sim::normal_quantile(p); };
constexpr auto exact_erfc = [](Exact x) { return boost::math::erfc(x); };
constexpr auto exact_cdf = [](Exact x) { return boost::math::erfc(-x / root_two) / 2; };
constexpr auto exact_quantile = [](Exact p) { return -root_two * boost::math::erfc_inv(2 * p); };

TEST(Erfc, KeepsItsBoundToTheEndOfTheNormalNumbers) {
  Points points(1);
  EXPECT_WITHIN_ULP(5.0, points.linear(error_function_points, -6.0, 2.0), erfc_of, exact_erfc);
  EXPECT_WITHIN_ULP(5.0, points.linear(error_function_points, 2.0, 10.0), erfc_of, exact_erfc);
  EXPECT_WITHIN_ULP(5.0, points.linear(error_function_points, 10.0, 26.5), erfc_of, exact_erfc);
  EXPECT_WITHIN_ULP(5.0, points.geometric(error_function_points, -60, 0, 0.0, true), erfc_of, exact_erfc);
}

TEST(NormalCdf, KeepsItsBoundInTheFarTail) {
  Points points(2);
  EXPECT_WITHIN_ULP(6.0, points.linear(error_function_points, -3.0, 8.0), cdf_of, exact_cdf);
  EXPECT_WITHIN_ULP(6.0, points.linear(error_function_points, -14.0, -3.0), cdf_of, exact_cdf);
  EXPECT_WITHIN_ULP(6.0, points.linear(error_function_points, -37.5, -14.0), cdf_of, exact_cdf);
}

TEST(NormalQuantile, KeepsItsBoundAtOneHalfAndInBothTails) {
  Points points(3);
  EXPECT_WITHIN_ULP(8.0, points.linear(error_function_points, 0.0, 1.0), quantile_of, exact_quantile);
  EXPECT_WITHIN_ULP(8.0, points.geometric(error_function_points, -1020, -1), quantile_of, exact_quantile);
  EXPECT_WITHIN_ULP(8.0, points.geometric(error_function_points, -50, -4, 0.5, true), quantile_of, exact_quantile);
}

TEST(NormalQuantile, InvertsTheDistributionFunction) {
  Points points(4);
  for (double const x : points.linear(error_function_points, -37.0, 5.0)) {
    double const p = sim::normal_cdf(x);
    // An error e of p, relative, moves the quantile by e p/density, at most e/|x| in the lower tail.
    double const spacing = p * 3e-15 / (std::exp(-0.5 * x * x) * 0.3989422804014327);
    EXPECT_NEAR(sim::normal_quantile(p), x, spacing + 2e-15 * std::fabs(x)) << x;
  }
}

TEST(ErrorFunctions, HaveTheSpecialValues) {
  EXPECT_EQ(sim::erfc(0.0), 1.0);
  EXPECT_EQ(sim::erfc(inf), 0.0);
  EXPECT_EQ(sim::erfc(-inf), 2.0);
  EXPECT_EQ(sim::erfc(1e300), 0.0);
  EXPECT_EQ(sim::normal_cdf(0.0), 0.5);
  EXPECT_EQ(sim::normal_cdf(-inf), 0.0);
  EXPECT_EQ(sim::normal_cdf(inf), 1.0);
  EXPECT_EQ(sim::normal_quantile(0.5), 0.0);
  EXPECT_EQ(sim::normal_quantile(0.0), -inf);
  EXPECT_EQ(sim::normal_quantile(1.0), inf);
  for (double const p : {-0.1, 1.1, inf, -inf, std::nan("")})
    EXPECT_EQ(sim::to_bits(sim::normal_quantile(p)), sim::detail::nan_bits) << p;
  EXPECT_EQ(sim::to_bits(sim::erfc(std::nan(""))), sim::detail::nan_bits);
  EXPECT_EQ(sim::to_bits(sim::normal_cdf(std::nan(""))), sim::detail::nan_bits);
}

TEST(ErrorFunctions, UnderflowGradually) {
  for (double const x : {26.55, 26.8, 27.0, 27.2})
    EXPECT_NEAR(sim::erfc(x), static_cast<double>(exact_erfc(x)), 0x1p-1073) << x;
  for (double const x : {-37.6, -38.0, -38.4})
    EXPECT_NEAR(sim::normal_cdf(x), static_cast<double>(exact_cdf(x)), 0x1p-1073) << x;
}

TEST(ErrorFunctions, GiveTheBitsOfTheScalarFunctionsInEveryLane) {
  Points points(5);
  auto x = points.any_bits(8'000);
  for (auto const& more : {points.linear(40'000, -40.0, 40.0), points.linear(40'000, 0.0, 1.0)})
    x.insert(x.end(), more.begin(), more.end());
  int different = 0;
  for (std::size_t i = 0; i < x.size(); i += 8) {
    Lanes v;  // points of all three ranges side by side
    for (int lane = 0; lane < 8; ++lane) v.set(lane, x[(i + 11'000 * static_cast<std::size_t>(lane)) % x.size()]);
    Lanes const e = sim::erfc(v), c = sim::normal_cdf(v), q = sim::normal_quantile(v);
    for (int lane = 0; lane < 8; ++lane) {
      different += sim::to_bits(e[lane]) != sim::to_bits(sim::erfc(v[lane]));
      different += sim::to_bits(c[lane]) != sim::to_bits(sim::normal_cdf(v[lane]));
      different += sim::to_bits(q[lane]) != sim::to_bits(sim::normal_quantile(v[lane]));
    }
  }
  EXPECT_EQ(different, 0) << "of " << 3 * x.size();
}

/// The second derivative of normal_cdf is -x times the density; that of erfc is 4x/sqrt(pi) e^(-x^2).
TEST(ErrorFunctions, HaveTwoDerivativesAsDualsOfLanes) {
  using Second = Dual<Dual<Lanes>>;
  for (double const x : {-6.0, -1.5, 0.0, 0.3, 4.0}) {
    Second const variable(Dual<Lanes>(Lanes(x), Lanes(1.0)), Dual<Lanes>(Lanes(1.0), Lanes(0.0)));
    Second const cdf = normal_cdf(variable), complement = erfc(variable);
    double const density = std::exp(-0.5 * x * x) * 0.3989422804014327;
    double const gauss = std::exp(-x * x) * 1.1283791670955126;
    EXPECT_EQ(cdf.value.value[3], sim::normal_cdf(x));
    EXPECT_NEAR(cdf.value.derivative[3], density, 1e-15 * density);
    EXPECT_NEAR(cdf.derivative.derivative[3], -x * density, 1e-14 * density);
    EXPECT_NEAR(complement.derivative.value[0], -gauss, 1e-14 * gauss);
    EXPECT_NEAR(complement.derivative.derivative[0], 2.0 * x * gauss, 1e-14 * gauss);
    EXPECT_EQ(normal_cdf(Dual<double>(x, 1.0)).derivative, cdf.value.derivative[0]);
  }
}

}  // namespace
}  // namespace fisherlab::test
