#include <gtest/gtest.h>

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/expm1.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/log1p.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

#include "tests/sim/math/rig.hpp"

// Every function against fifty decimal digits, on fewer points than the sweeps against long double.

namespace fisherlab::test::fifty_digits {
namespace {

using Exact = boost::multiprecision::cpp_bin_float_50;

TEST(Multiprecision, ConfirmsTheElementaryFunctions) {
  Points points(1);
  auto const log = [](Exact const& x) { return Exact(boost::multiprecision::log(x)); };
  auto const log1p = [](Exact const& x) { return boost::math::log1p(x); };
  auto const exp = [](Exact const& x) { return Exact(boost::multiprecision::exp(x)); };
  auto const expm1 = [](Exact const& x) { return boost::math::expm1(x); };
  auto const tanh = [](Exact const& x) { return Exact(boost::multiprecision::tanh(x)); };
  EXPECT_WITHIN_ULP(
      bound::log, points.geometric(3000, -1074, 1024), [](double x) { return sim::log(x); }, log);
  EXPECT_WITHIN_ULP(
      bound::log, points.linear(3000, 0.5, 2.0), [](double x) { return sim::log(x); }, log);
  EXPECT_WITHIN_ULP(
      bound::log1p, points.linear(3000, -1.0, 2.0), [](double x) { return sim::log1p(x); }, log1p);
  EXPECT_WITHIN_ULP(
      bound::exp, points.linear(3000, -745.0, 709.0), [](double x) { return sim::exp(x); }, exp);
  EXPECT_WITHIN_ULP(
      bound::expm1, points.linear(3000, -3.0, 3.0), [](double x) { return sim::expm1(x); }, expm1);
  EXPECT_WITHIN_ULP(
      bound::tanh, points.linear(3000, -3.0, 3.0), [](double x) { return sim::tanh(x); }, tanh);
}

TEST(Multiprecision, ConfirmsSinPiAndCosPi) {
  Points points(2);
  auto const& pi = boost::math::constants::pi<Exact>();
  auto const sine = [&](Exact const& x) { return Exact(boost::multiprecision::sin(pi * x)); };
  auto const cosine = [&](Exact const& x) { return Exact(boost::multiprecision::cos(pi * x)); };
  EXPECT_WITHIN_ULP(
      bound::circular, points.linear(3000, -2.0, 2.0), [](double x) { return sim::sin_pi(x); }, sine);
  EXPECT_WITHIN_ULP(
      bound::circular, points.linear(3000, -2.0, 2.0), [](double x) { return sim::cos_pi(x); }, cosine);
}

TEST(Multiprecision, ConfirmsTheGammaFunctions) {
  Points points(3);
  auto const lgamma = [](Exact const& x) { return boost::math::lgamma(x); };
  auto const digamma = [](Exact const& x) { return boost::math::digamma(x); };
  auto const trigamma = [](Exact const& x) { return boost::math::trigamma(x); };
  EXPECT_WITHIN_ULP(
      bound::lgamma, points.linear(2000, 0.0, 12.0), [](double x) { return sim::lgamma(x); }, lgamma);
  EXPECT_WITHIN_ULP(
      bound::digamma, points.linear(2000, 0.0, 12.0), [](double x) { return sim::digamma(x); }, digamma, 1.0);
  EXPECT_WITHIN_ULP(
      bound::trigamma, points.linear(2000, 0.0, 12.0), [](double x) { return sim::trigamma(x); }, trigamma);
}

}  // namespace
}  // namespace fisherlab::test::fifty_digits
