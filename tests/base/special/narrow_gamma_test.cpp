#include <gtest/gtest.h>

#include <cmath>

#include "base/special/distributions.hpp"
#include "base/special/inverse_laws.hpp"

namespace fisherlab {
namespace {

/// By quadrature of the density with 40 digits (mpmath), at the double that is shown.
struct Known {
  double shape, g, probability;
  bool is_tail;
};

constexpr Known known[] = {
    {10000.0, 7000.0, 9.7116724377058522e-249, false},
    {10000.0, 9400.0, 4.6485246081212703e-10, false},
    {10000.0, 9999.0, 0.49734028579535601, false},
    {10000.0, 10050.0, 0.30765755929743444, true},
    {10000.0, 10800.0, 3.1098199621688448e-15, true},
    {10000.0, 13600.0, 9.3993564440574072e-231, true},
    {123456.5, 121348.31737034004, 8.0199709494775057e-10, false},
    {123456.5, 123105.13622839001, 0.15865492660769712, false},
    {123456.5, 136105.5957779598, 3.0096356751969046e-266, true},
    {1e8, 99940000.0, 9.7952134364735972e-10, false},
    {1e8, 99999900.0, 0.49602393977007736, false},
    {1e8, 100080000.0, 6.3279034131222146e-16, true},
    {1e12, 999970000000.0, 4.8627508055368162e-198, false},
    {1e12, 1000003000000.0, 0.0013499098499169015, true},
    {1e15, 999999810263340.4, 9.86585400587627e-10, false},
    {1e15, 1000000252982212.9, 6.2209940270877592e-16, true},
};

TEST(NarrowGamma, HasBothTailsToTheirOwnError) {
  for (auto const& [shape, g, probability, is_tail] : known) {
    double const found = is_tail ? gamma_tail(g, {shape}) : gamma_cdf(g, {shape});
    // An exponent of some hundred multiplies the rounding of y by as much.
    double const rounding = 1e-15 * (4 - 2 * std::log(probability));
    EXPECT_NEAR(found / probability, 1, rounding) << shape << ' ' << g;
    double const other = is_tail ? gamma_cdf(g, {shape}) : gamma_tail(g, {shape});
    EXPECT_NEAR(found + other, 1, 1e-15) << shape << ' ' << g;
  }
}

TEST(NarrowGamma, JoinsTheSeriesOfWiderLaws) {
  for (double const z : {-8.0, -2.0, 0.3, 5.0}) {
    double const below = gamma_cdf(9999.999 + 100 * z, {9999.999}), above = gamma_cdf(1e4 + 100 * z, {1e4});
    EXPECT_NEAR(above / below, 1, 1e-5 * (1 + std::fabs(z))) << z;  // moved by a thousandth of 100
  }
}

TEST(NarrowGamma, InvertsItself) {
  for (double const shape : {1e4, 3e6, 1e10, 1e14})
    for (double const p : {1e-9, 0.025, 0.5, 0.975, 0.9999}) {
      double const g = gamma_quantile(p, {shape});
      double const slope = std::exp(-0.5 * std::pow((g - shape), 2) / shape) * std::sqrt(shape);  // of p in log g
      EXPECT_NEAR(gamma_cdf(g, {shape}) / p, 1, 1e-13 + 4e-16 * slope / p) << shape << ' ' << p;
    }
}

TEST(NarrowGamma, CarriesChiSquaredWithManyDegreesAndItsEnds) {
  EXPECT_NEAR(chi_squared_cdf(2 * 1000003e6, {2e12}), 1 - 0.0013499098499169015, 1e-15);
  EXPECT_EQ(chi_squared_cdf(INFINITY, {3}), 1);
  EXPECT_EQ(gamma_tail(INFINITY, {1e6}), 0);
  EXPECT_EQ(gamma_cdf(0, {1e6}), 0);
  EXPECT_EQ(gamma_tail(0, {1e6}), 1);
}

}  // namespace
}  // namespace fisherlab
