#include "sim/math/binet.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/log1p.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>

#include "sim/math/log_gap.hpp"
#include "tests/sim/math/rig.hpp"

namespace fisherlab::test::fifty_digits {
namespace {

using Exact = boost::multiprecision::cpp_bin_float_50;

/// log Gamma, its first and its second derivative, less the leading terms of their asymptotic series.
Exact exact_binet(Exact const& y) {
  Exact const log_two_pi = log(2 * boost::math::constants::pi<Exact>());
  return boost::math::lgamma(y) - (y - Exact(1) / 2) * log(y) + y - log_two_pi / 2;
}
Exact exact_slope(Exact const& y) { return boost::math::digamma(y) - log(y) + 1 / (2 * y); }
Exact exact_curvature(Exact const& y) { return boost::math::trigamma(y) - 1 / y - 1 / (2 * y * y); }

TEST(Binet, IsRightToRoundingWhereTheSeriesHolds) {
  Points points(11);
  auto const y = points.geometric(500, 4, 40);
  auto const value = [](double x) { return sim::binet(x); };
  auto const slope = [](double x) { return sim::binet_slope(x); };
  auto const curvature = [](double x) { return sim::binet_curvature(x); };
  EXPECT_WITHIN_ULP(4.0, y, value, exact_binet);
  EXPECT_WITHIN_ULP(4.0, y, slope, exact_slope);
  EXPECT_WITHIN_ULP(4.0, y, curvature, exact_curvature);
}

/// Below 16 the leading terms cancel: the bound is absolute, in units of the largest of them and 1.
TEST(Binet, IsRightToTheRoundingOfTheGammaFunctionsBelow) {
  Points points(12);
  for (double const y : points.geometric(500, -20, 4)) {
    double const log_y = std::abs(std::log(y));
    EXPECT_LE(std::abs(static_cast<double>(Exact(sim::binet(y)) - exact_binet(y))), 4e-15 * (1 + y + (1 + y) * log_y));
    EXPECT_LE(std::abs(static_cast<double>(Exact(sim::binet_slope(y)) - exact_slope(y))), 4e-15 * (1 + log_y + 1 / y));
    EXPECT_LE(std::abs(static_cast<double>(Exact(sim::binet_curvature(y)) - exact_curvature(y))),
              4e-15 * (1 + 1 / (y * y)));
  }
}

TEST(LogGap, KeepsItsDigitsNearZeroAndNearMinusOne) {
  Points points(13);
  double worst = 0;
  auto const error = [](double w, double one_plus_w, Exact const& exact_sum) {
    Exact const v(w);
    Exact const exact = (log(exact_sum) - v) / (v * v);
    return std::abs(static_cast<double>((Exact(sim::log_gap(w, one_plus_w)) - exact) / exact));
  };
  for (double const w : points.geometric(2000, -60, 8, 0.0, true))
    if (w > -0.75) worst = std::fmax(worst, error(w, 1 + w, 1 + Exact(w)));
  for (double const rest : points.geometric(500, -40, -2)) worst = std::fmax(worst, error(rest - 1, rest, Exact(rest)));
  EXPECT_LE(worst, 4e-15);
  EXPECT_EQ(sim::log_gap(0.0, 1.0), -0.5);
}

/// A lane among others that need another branch has the bits of the scalar.
TEST(Binet, AndLogGapHaveTheSameBitsInEveryLane) {
  Points points(14);
  auto const y = points.geometric(800, -10, 20);
  for (std::size_t i = 0; i < y.size(); i += sim::lane_count) {
    sim::Lanes x;
    for (int lane = 0; lane < sim::lane_count; ++lane) x.set(lane, y[i + static_cast<std::size_t>(lane)]);
    sim::Lanes const value = sim::binet(x), slope = sim::binet_slope(x), curvature = sim::binet_curvature(x),
                     gap = sim::log_gap(x, 1.0 + x);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      EXPECT_EQ(sim::to_bits(value[lane]), sim::to_bits(sim::binet(x[lane])));
      EXPECT_EQ(sim::to_bits(slope[lane]), sim::to_bits(sim::binet_slope(x[lane])));
      EXPECT_EQ(sim::to_bits(curvature[lane]), sim::to_bits(sim::binet_curvature(x[lane])));
      EXPECT_EQ(sim::to_bits(gap[lane]), sim::to_bits(sim::log_gap(x[lane], 1.0 + x[lane])));
    }
  }
}

}  // namespace
}  // namespace fisherlab::test::fifty_digits
