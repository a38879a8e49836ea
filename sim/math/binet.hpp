#pragma once

#include "sim/math/gamma_functions.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/math/polynomial.hpp"

namespace fisherlab::sim {

namespace detail {

/// From here on the asymptotic series below are right to rounding.
inline constexpr double binet_far = 16.0;
inline constexpr double half_log_two_pi = 0.91893853320467274178;

// The definitions, for y < 16. Calls, not inlined: a formula has each of them twice, and they are long.
template <class Real>
[[gnu::noinline, gnu::pure]] Real near_binet(Real const& y) {
  return lgamma(y) - (y - 0.5) * log(y) + y - half_log_two_pi;
}
template <class Real>
[[gnu::noinline, gnu::pure]] Real near_binet_slope(Real const& y) {
  return digamma(y) - log(y) + 0.5 / y;
}
template <class Real>
[[gnu::noinline, gnu::pure]] Real near_binet_curvature(Real const& y) {
  Real const inverse = 1.0 / y;
  return trigamma(y) - inverse - 0.5 * inverse * inverse;
}

}  // namespace detail

/// Binet's function, what Stirling's formula leaves of log Gamma, for y > 0:
///   b(y) = log Gamma(y) - (y - 1/2) log y + y - log(2 pi)/2 = sum_k B_2k/(2k (2k - 1) y^(2k - 1)),
/// B_2k Bernoulli's numbers; the series from y = 16 on, the definition below. Runs on double, Lanes and automatic
/// differentiation. Error: below 2e-17 absolute from 16 on, and that of `lgamma` below.
template <class Real>
FISHERLAB_INLINE Real binet(Real const& y) {
  auto const far = y >= Real(detail::binet_far);
  Real const inverse = 1.0 / y;
  Real const series = inverse * detail::polynomial<Real>(inverse * inverse, 1.0 / 12, -1.0 / 360, 1.0 / 1260,
                                                         -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156);
  if (all(far)) return series;
  return select(far, series, detail::near_binet(y));
}

/// b'(y) = digamma(y) - log y + 1/(2 y).
template <class Real>
FISHERLAB_INLINE Real binet_slope(Real const& y) {
  auto const far = y >= Real(detail::binet_far);
  Real const inverse = 1.0 / y;
  Real const z = inverse * inverse;
  Real const series = z * detail::polynomial<Real>(z, -1.0 / 12, 1.0 / 120, -1.0 / 252, 1.0 / 240, -1.0 / 132,
                                                   691.0 / 32760, -1.0 / 12);
  if (all(far)) return series;
  return select(far, series, detail::near_binet_slope(y));
}

/// b''(y) = trigamma(y) - 1/y - 1/(2 y^2).
template <class Real>
FISHERLAB_INLINE Real binet_curvature(Real const& y) {
  auto const far = y >= Real(detail::binet_far);
  Real const inverse = 1.0 / y;
  Real const z = inverse * inverse;
  Real const series =
      inverse * z *
      detail::polynomial<Real>(z, 1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6);
  if (all(far)) return series;
  return select(far, series, detail::near_binet_curvature(y));
}

}  // namespace fisherlab::sim
