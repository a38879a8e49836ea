#pragma once

#include "sim/math/circular.hpp"

namespace fisherlab::sim {

namespace detail {

/// Sine and cosine of x radians, |x| < 2^19: x = k pi/2 + r with pi/2 in three parts, of which the first two have 33
/// bits so that their products with k are exact. Source: fdlibm e_rem_pio2.c (Sun Microsystems 1993): the three parts.
template <class Real>
void sincos_any(Real const& x, Real& sine, Real& cosine) {
  auto const domain = abs(x) < Real(0x1p19);
  Real const y = select(domain, x, Real(0.0));
  Real const shifted = y * 0x1.45f306dc9c883p-1 + integer_shift;  // 2/pi
  Real const k = shifted - integer_shift;
  Real const r =
      ((y - k * 1.57079632673412561417e+00) - k * 6.07710050630396597660e-11) - k * 2.02226624879595063154e-21;
  sincos_pi_quarter<Real>(r * 0x1.45f306dc9c883p-2, sine, cosine);
  rotate_quarters<Real>(to_bits(shifted) << 62, sine, cosine);
  sine = select(domain, sine, Real(the_nan()));
  cosine = select(domain, cosine, Real(the_nan()));
}

/// With q = min(|x|, |y|)/max(|x|, |y|), turned by pi/4 where q > tan(pi/8), atan(q) = q + q^3 A(q^2), A by
/// interpolation at Chebyshev points (fit_polynomials.py; the error is 7e-18 relative).
template <class Real>
Real atan2_any(Real const& y, Real const& x) {
  constexpr double pi = 0x1.921fb54442d18p1, pi_low = 0x1.1a62633145c07p-53;
  Real const a = abs(x), b = abs(y);
  Real const small = min(a, b), large = max(a, b);
  auto const turned = small > large * 0.41421356237309503;
  Real const q = select(turned, small - large, small) / select(turned, small + large, large);
  Real const z = q * q;
  Real const series = polynomial(z, -0.3333333333333333, 0.19999999999995519, -0.14285714284666162, 0.11111111015226269,
                                 -0.09090904576912949, 0.07692183162868156, -0.06664511055267604, 0.05858145517356329,
                                 -0.05085432013168972, 0.03923114722986552, -0.019176262219760567);
  // The parts of pi/4, pi/2 and pi below one rounding enter with the correction.
  Real angle = select(turned, 0.25 * pi + (q + (q * z * series + 0.25 * pi_low)), q + q * z * series);
  angle = select(b > a, 0.5 * pi - (angle - 0.5 * pi_low), angle);
  angle = select(x < Real(0.0), pi - (angle - pi_low), angle);
  angle = select(large == Real(0.0), Real(0.0), angle);
  return select(y < Real(0.0), -angle, angle);
}

}  // namespace detail

/// Sine and cosine of x radians at once, for |x| < 2^19; NaN elsewhere.
/// Error: below 3.2 ulp (measured 2.9).
inline void sincos(double x, double& sine, double& cosine) { detail::sincos_any(x, sine, cosine); }
inline void sincos(Lanes const& x, Lanes& sine, Lanes& cosine) { detail::sincos_any(x, sine, cosine); }

/// The sine of x radians; see `sincos`.
inline double sin(double x) {
  double sine, cosine;
  sincos(x, sine, cosine);
  return sine;
}
inline Lanes sin(Lanes const& x) {
  Lanes sine, cosine;
  sincos(x, sine, cosine);
  return sine;
}

/// The cosine of x radians; see `sincos`.
inline double cos(double x) {
  double sine, cosine;
  sincos(x, sine, cosine);
  return cosine;
}
inline Lanes cos(Lanes const& x) {
  Lanes sine, cosine;
  sincos(x, sine, cosine);
  return cosine;
}

/// The angle of the point (x, y), finite, in (-pi, pi]; 0 at the origin, zeros of either sign being equal.
/// Error: below 2 ulp (measured 1.5) (where max(|x|, |y|) is above 2^-1000 and below 2^1000).
inline double atan2(double y, double x) { return detail::atan2_any(y, x); }
inline Lanes atan2(Lanes const& y, Lanes const& x) { return detail::atan2_any(y, x); }

}  // namespace fisherlab::sim
