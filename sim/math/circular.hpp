#pragma once

#include "sim/math/polynomial.hpp"

namespace fisherlab::sim {

namespace detail {

/// sin(pi r) and cos(pi r) for |r| <= 1/4, by even polynomials in r^2 interpolated at Chebyshev points
/// (fit_polynomials.py; errors 1.4e-17 relative, 2e-18 absolute).
template <class Real>
FISHERLAB_INLINE void sincos_pi_quarter(Real const& r, Real& sine, Real& cosine) {
  constexpr double pi = 0x1.921fb54442d18p1;
  Real const z = r * r;
  Real const s = polynomial(z, -5.167712780049969, 2.5501640398766154, -0.5992645291845385, 0.08214587730641625,
                            -0.007370143643593738, 0.00046221110224181096);
  Real const c = polynomial(z, 4.0587121264167685, -1.335262768854446, 0.23533063033212023, -0.025806889561764204,
                            0.0019295178624837222, -0.00010383432147177197);
  sine = r * (pi + z * s);
  cosine = 1.0 - (z * 0x1.3bd3cc9be45dep2 - (z * z) * c);  // pi^2/2
}

/// Turns sine and cosine of pi r into those of pi (r + q/2), q the top two bits of `quadrant`.
template <class Real>
FISHERLAB_INLINE void rotate_quarters(BitsOf<Real> const& quadrant, Real& sine, Real& cosine) {
  constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;
  auto const straight = equal_bits(quadrant & (std::uint64_t{1} << 62), BitsOf<Real>(0));
  Real const s = select(straight, sine, cosine);
  Real const c = select(straight, cosine, sine);
  sine = from_bits(to_bits(s) ^ (quadrant & sign_bit));
  cosine = from_bits(to_bits(c) ^ ((quadrant ^ (quadrant << 1)) & sign_bit));
}

template <class Real>
FISHERLAB_INLINE void sincos_pi_any(Real const& x, Real& sine, Real& cosine) {
  Real y = abs(x);
  if (!all(y < Real(0x1p50))) [[unlikely]] {
    y = select(y < Real(0x1p53), y, Real(0.0));   // from there on all are even integers; NaN and inf follow below
    y = y - 2.0 * ((y * 0.5 + 0x1p52) - 0x1p52);  // exact, in [-1, 1]
    y = select(y < Real(0.0), y + 2.0, y);
  }
  Real const shifted = (y + y) + integer_shift;
  sincos_pi_quarter<Real>(y - (shifted - integer_shift) * 0.5, sine, cosine);
  rotate_quarters<Real>(to_bits(shifted) << 62, sine, cosine);
  sine = from_bits(to_bits(sine) ^ (to_bits(x) & (std::uint64_t{1} << 63)));
  auto const finite = abs(x) <= Real(largest_finite);
  sine = select(finite, sine, Real(the_nan()));
  cosine = select(finite, cosine, Real(the_nan()));
}

template <class Real>
FISHERLAB_INLINE void sincos_2pi_any(BitsOf<Real> const& bits, Real& sine, Real& cosine) {
  // 52 bits make a number of [1/2, 1); less 3/4 it is r in [-1/4, 1/4).
  Real const r = from_bits(((bits << 2) >> 12) | std::uint64_t{0x3fe0000000000000}) - 0.75;
  sincos_pi_quarter(r, sine, cosine);
  rotate_quarters<Real>(bits, sine, cosine);
}

}  // namespace detail

/// sin(pi x) and cos(pi x) at once; the reduction modulo 2 is exact. At integers the sine, at half-integers the cosine
/// is 0 (of either sign). NaN for infinite x and NaN.
/// Error: below 1.8 ulp (measured 1.65).
inline void sincos_pi(double x, double& sine, double& cosine) { detail::sincos_pi_any(x, sine, cosine); }
FISHERLAB_INLINE void sincos_pi(Lanes const& x, Lanes& sine, Lanes& cosine) { detail::sincos_pi_any(x, sine, cosine); }

/// sin(pi x); see `sincos_pi`.
inline double sin_pi(double x) {
  double sine, cosine;
  sincos_pi(x, sine, cosine);
  return sine;
}
FISHERLAB_INLINE Lanes sin_pi(Lanes const& x) {
  Lanes sine, cosine;
  sincos_pi(x, sine, cosine);
  return sine;
}

/// cos(pi x); see `sincos_pi`.
inline double cos_pi(double x) {
  double sine, cosine;
  sincos_pi(x, sine, cosine);
  return cosine;
}
FISHERLAB_INLINE Lanes cos_pi(Lanes const& x) {
  Lanes sine, cosine;
  sincos_pi(x, sine, cosine);
  return cosine;
}

/// Sine and cosine of a uniform angle made of 64 random bits: the top two choose the quadrant q, the next 52 are
/// f in [0, 1) with step 2^-52, and the angle is (q + f - 1/2) pi/2.
/// Error: below 1.8 ulp (measured 1.65).
inline void sincos_2pi(std::uint64_t bits, double& sine, double& cosine) {
  detail::sincos_2pi_any<double>(bits, sine, cosine);
}
FISHERLAB_INLINE void sincos_2pi(LaneBits const& bits, Lanes& sine, Lanes& cosine) {
  detail::sincos_2pi_any<Lanes>(bits, sine, cosine);
}

}  // namespace fisherlab::sim
