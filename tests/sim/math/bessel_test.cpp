#include "sim/math/bessel.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/bessel.hpp>
#include <cmath>
#include <limits>

#include "sim/autodiff/dual.hpp"
#include "sim/math/angles.hpp"
#include "tests/sim/math/rig.hpp"

// Against Boost.Math for `long double`, and the circular functions of the standard library for `long double`.

namespace fisherlab::test {
namespace {

using Exact = long double;
using sim::Dual;
using sim::Lanes;
constexpr int bessel_points = 10'000;

constexpr auto log_i0_of = [](double x) { return sim::log_bessel_i0(x); };
constexpr auto ratio_of = [](double x) { return sim::bessel_ratio(x); };
constexpr auto derivative_of = [](double x) { return sim::bessel_ratio_derivative(x); };

/// I0(x) - 1 and I1(x) by their power series, without cancellation.
Exact series(Exact x, int order, int first) {
  Exact const z = x * x / 4;
  Exact term = order == 0 ? 1 : x / 2, sum = 0;
  for (int k = 0; k < 60; ++k) {
    if (k >= first) sum += term;
    term *= z / ((k + 1.0L) * (k + 1.0L + order));
  }
  return sum;
}

/// log I0 for x > 20 by Hankel's expansion (Abramowitz and Stegun 9.7.1), whose terms fall until k = 2x.
Exact hankel(Exact x, int order) {
  Exact term = 1, sum = 1;
  for (int k = 1; k < 36; ++k) {
    term *= -(4.0L * order * order - (2.0L * k - 1) * (2.0L * k - 1)) / (8 * k * x);
    sum += term;
  }
  return sum;  // sqrt(2 pi x) e^-x I_order(x)
}

Exact exact_log_i0(Exact x) {
  if (x > 30) return x - std::log(2 * 3.14159265358979323846264338327950288L * x) / 2 + std::log(hankel(x, 0));
  return std::log1p(series(x, 0, 1));
}
Exact exact_ratio(Exact x) { return x > 30 ? hankel(x, 1) / hankel(x, 0) : series(x, 1, 0) / (1 + series(x, 0, 1)); }
Exact exact_derivative(Exact x) {
  Exact const r = exact_ratio(x);
  return 1 - r / x - r * r;
}

TEST(LogBesselI0, KeepsItsBound) {
  Points points(1);
  EXPECT_WITHIN_ULP(3.0, points.linear(bessel_points, 0.0, 16.0), log_i0_of, exact_log_i0);
  EXPECT_WITHIN_ULP(3.0, points.geometric(bessel_points, -60, 0), log_i0_of, exact_log_i0);
  EXPECT_WITHIN_ULP(3.0, points.geometric(bessel_points, 3, 20), log_i0_of, exact_log_i0);
}

TEST(BesselRatio, KeepsItsBound) {
  Points points(2);
  EXPECT_WITHIN_ULP(6.0, points.linear(bessel_points, 0.0, 16.0), ratio_of, exact_ratio);
  EXPECT_WITHIN_ULP(6.0, points.geometric(bessel_points, -60, 0), ratio_of, exact_ratio);
  EXPECT_WITHIN_ULP(6.0, points.geometric(bessel_points, 3, 20), ratio_of, exact_ratio);
}

/// 1 - r/x - r^2 cancels to 1/(2 x^2): in long double it keeps 1e-18 of 1, so the check ends at 128.
TEST(BesselRatio, HasAnAccurateDerivative) {
  Points points(3);
  for (auto const& x : {points.linear(bessel_points, 0.0, 16.0), points.geometric(bessel_points, 3, 7)})
    for (double const at : x) {
      auto const exact = static_cast<double>(exact_derivative(at));
      ASSERT_NEAR(derivative_of(at), exact, 2e-13 * exact + 1e-18) << at;
    }
  // From Hankel's expansion r' = 1/(2x^2) (1 + 1/(2x) + 3/(4x^2) + O(x^-3)).
  for (double const x : {1e4, 1e6, 1e9})
    EXPECT_NEAR(derivative_of(x) * 2 * x * x, 1.0 + 0.5 / x + 0.75 / (x * x), 1e-14 + 10.0 / (x * x * x)) << x;
}

TEST(Bessel, AgreesWithBoostMath) {
  for (double const x : {1e-3, 0.4, 2.0, 7.99, 8.0, 8.01, 25.0, 300.0, 700.0}) {
    Exact const i0 = boost::math::cyl_bessel_i(0, Exact(x)), i1 = boost::math::cyl_bessel_i(1, Exact(x));
    EXPECT_LE(ulp_error(sim::log_bessel_i0(x), std::log(i0)), x < 0.1 ? 1e5 : 5.0) << x;  // log I0 forgets I0 - 1
    EXPECT_LE(ulp_error(sim::bessel_ratio(x), i1 / i0), 6.0) << x;
  }
}

TEST(Bessel, HasTheSpecialValues) {
  EXPECT_EQ(sim::log_bessel_i0(0.0), 0.0);
  EXPECT_EQ(sim::log_bessel_i0(inf), inf);
  EXPECT_EQ(sim::bessel_ratio(0.0), 0.0);
  EXPECT_EQ(sim::bessel_ratio(inf), 1.0);
  EXPECT_EQ(sim::bessel_ratio_derivative(0.0), 0.5);
  EXPECT_EQ(sim::bessel_ratio_derivative(inf), 0.0);
  for (double const x : {-1.0, -9.0, -inf, std::nan("")}) {
    EXPECT_EQ(sim::to_bits(sim::log_bessel_i0(x)), sim::detail::nan_bits) << x;
    EXPECT_EQ(sim::to_bits(sim::bessel_ratio(x)), sim::detail::nan_bits) << x;
    EXPECT_EQ(sim::to_bits(sim::bessel_ratio_derivative(x)), sim::detail::nan_bits) << x;
  }
}

TEST(Bessel, GivesTheBitsOfTheScalarFunctionsInEveryLane) {
  Points points(5);
  auto x = points.any_bits(8'000);
  for (auto const& more : {points.linear(20'000, -20.0, 20.0), points.geometric(20'000, -30, 30)})
    x.insert(x.end(), more.begin(), more.end());
  int different = 0;
  for (std::size_t i = 0; i < x.size(); i += 8) {
    Lanes v;
    for (int lane = 0; lane < 8; ++lane) v.set(lane, x[(i + 6'000 * static_cast<std::size_t>(lane)) % x.size()]);
    Lanes const l = sim::log_bessel_i0(v), s = sim::sin(v), c = sim::cos(v), a = sim::atan2(s, c + l);
    auto const r = sim::bessel_ratios(v);
    for (int lane = 0; lane < 8; ++lane) {
      auto const expected = sim::bessel_ratios(v[lane]);
      different += sim::to_bits(l[lane]) != sim::to_bits(sim::log_bessel_i0(v[lane]));
      different += sim::to_bits(r.ratio[lane]) != sim::to_bits(expected.ratio);
      different += sim::to_bits(r.derivative[lane]) != sim::to_bits(expected.derivative);
      different += sim::to_bits(s[lane]) != sim::to_bits(sim::sin(v[lane]));
      different += sim::to_bits(c[lane]) != sim::to_bits(sim::cos(v[lane]));
      double const angle = sim::atan2(s[lane], c[lane] + l[lane]);
      different += !std::isnan(angle) && sim::to_bits(a[lane]) != sim::to_bits(angle);
    }
  }
  EXPECT_EQ(different, 0) << "of " << 6 * x.size();
}

/// By Bessel's equation I0'' = I0 - I0'/x, so r' = 1 - r/x - r^2 and r'' = -r'/x + r/x^2 - 2 r r'.
TEST(Bessel, HasThreeDerivativesAsDualsOfLanes) {
  using Second = Dual<Dual<Lanes>>;
  for (double const x : {0.1, 1.0, 5.0, 12.0, 80.0}) {
    Second const variable(Dual<Lanes>(Lanes(x), Lanes(1.0)), Dual<Lanes>(Lanes(1.0), Lanes(0.0)));
    Second const l = log_bessel_i0(variable), r = bessel_ratio(variable);
    double const step = 1e-4 * x;
    double const third = (derivative_of(x + step) - derivative_of(x - step)) / (2 * step);
    EXPECT_EQ(l.value.value[1], sim::log_bessel_i0(x));
    EXPECT_EQ(l.value.derivative[1], sim::bessel_ratio(x));
    EXPECT_EQ(l.derivative.derivative[1], sim::bessel_ratio_derivative(x));
    EXPECT_NEAR(r.derivative.derivative[1], third, 1e-6 * std::fabs(third) + 1e-14) << x;
  }
}

TEST(Angles, KeepTheirBounds) {
  Points points(7);
  constexpr auto sin_of = [](double x) { return sim::sin(x); };
  constexpr auto cos_of = [](double x) { return sim::cos(x); };
  constexpr auto exact_sin = [](Exact x) { return std::sin(x); };
  constexpr auto exact_cos = [](Exact x) { return std::cos(x); };
  for (auto const& x : {points.linear(bessel_points, -10.0, 10.0), points.linear(bessel_points, -5e5, 5e5),
                        points.geometric(bessel_points, -60, 0, 0.0, true),
                        points.geometric(bessel_points, -40, 0, 1.5707963267948966)}) {
    EXPECT_WITHIN_ULP(3.2, x, sin_of, exact_sin);
    EXPECT_WITHIN_ULP(3.2, x, cos_of, exact_cos);
  }
  EXPECT_TRUE(std::isnan(sim::sin(1e6)));
  double worst = 0.0;
  for (int i = 0; i < bessel_points; ++i) {
    double const y = points.uniform(-2.0, 2.0), x = points.uniform(-2.0, 2.0) * (i % 2 == 0 ? 1.0 : 1e-8);
    worst = std::max(worst, ulp_error(sim::atan2(y, x), std::atan2(Exact(y), Exact(x))));
  }
  EXPECT_LE(worst, 2.0);
  EXPECT_EQ(sim::atan2(0.0, -1.0), 3.141592653589793);
  EXPECT_EQ(sim::atan2(0.0, 1.0), 0.0);
  EXPECT_EQ(sim::atan2(0.0, 0.0), 0.0);
  EXPECT_EQ(sim::atan2(1.0, 0.0), 1.5707963267948966);
}

}  // namespace
}  // namespace fisherlab::test
