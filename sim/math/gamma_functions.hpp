#pragma once

#include "sim/math/logarithm.hpp"

namespace fisherlab::sim {

/// The first two derivatives of log Gamma.
template <class Real>
struct LogGammaDerivatives {
  Real digamma, trigamma;
};

namespace detail {

/// Sum over i = 0..5 of 1/(a + i) and of 1/(a + i)^2, as fractions over one denominator. Pairing i with 5 - i and
/// writing w = a (a + 5), the products are t = w + i (5 - i) = w, w + 4, w + 6, and
///   1/(a + i) + 1/(a + 5 - i) = (2 a + 5)/t,   1/(a + i)^2 + 1/(a + 5 - i)^2 = 2/t + (5 - 2 i)^2/t^2:
/// every term is positive, so nothing cancels. The sums are (2 a + 5) first/denominator and
/// 2 first/denominator + second/denominator^2.
template <class Real>
struct SixTerms {
  Real denominator, first, second;

  FISHERLAB_INLINE explicit SixTerms(Real const& a) {
    Real const t0 = a * (a + 5.0);
    Real const t1 = t0 + 4.0;
    Real const t2 = t0 + 6.0;
    Real const t12 = t1 * t2;
    denominator = t0 * t12;
    first = t12 + t0 * (t1 + t2);
    second = 25.0 * (t12 * t12) + (t0 * t0) * (9.0 * (t2 * t2) + t1 * t1);
  }
};

/// With y = x + 11/2 (x < 6, after six steps of the recurrence) or x - 1/2 (x >= 6), and z = 1/y^2 <= 1/30.25:
///   digamma(y + 1/2) = log y + z G(z),   trigamma(y + 1/2) = (1 + z H(z))/y,
/// the asymptotic series in y, which the shift by a half frees of odd powers, with G and H by interpolation at
/// Chebyshev points (fit_polynomials.py; errors 2e-17 absolute, 2e-17 relative). One division serves both 1/y and the
/// recurrence.
template <class Real>
FISHERLAB_INLINE LogGammaDerivatives<Real> log_gamma_derivatives(Real const& x) {
  auto const near = x < Real(6.0);
  Real const a = select(near, x, Real(1.0));
  SixTerms<Real> const steps(a);
  Real const y = x + select(near, Real(5.5), Real(-0.5));
  Real const both = 1.0 / (steps.denominator * y);
  Real const inverse_y = steps.denominator * both;
  Real const inverse = select(near, y * both, Real(0.0));
  Real const pairs = steps.first * inverse;
  Real const z = inverse_y * inverse_y;
  Real const g = polynomial(z, 0.04166666666666548, -0.007291666663134689, 0.003844244304866028, -0.004133794718882535,
                            0.007532296037389272, -0.019723051066915517, 0.04890300706069055);
  Real const h = polynomial(z, -0.08333333333333248, 0.029166666663350563, -0.023065474061991834, 0.033072391012708584,
                            -0.07554495538291578, 0.24856811121184413, -0.9910198724671772, 3.033782584619407);
  Real digamma = (log_positive(y) + z * g) - (2.0 * a + 5.0) * pairs;
  Real trigamma = (inverse_y + inverse_y * (z * h)) + (2.0 * pairs + (steps.second * inverse) * inverse);
  auto const ordinary = (x > Real(0x1p-1000)) & (x < Real(0x1p1000));
  if (!all(ordinary)) [[unlikely]] {  // where `both` would over- or underflow, and outside the domain
    auto const tiny = x < Real(1.0);
    Real const one_over_x = select(x > Real(0.0), 1.0 / x, Real(the_nan()));
    digamma = select(ordinary, digamma, select(tiny, -1.0 * one_over_x, log_any(x)));
    trigamma = select(ordinary, trigamma, select(tiny, one_over_x * one_over_x, one_over_x));
    digamma = select(x > Real(0.0), digamma, Real(the_nan()));
    trigamma = select(x > Real(0.0), trigamma, Real(the_nan()));
  }
  return {digamma, trigamma};
}

}  // namespace detail

/// digamma(x) and trigamma(x), the first and second derivative of log Gamma, for x > 0; NaN elsewhere.
/// Error: digamma below 12 ulp of max(1, |digamma|), an absolute bound of 2.7e-15 around its root 1.4616 (measured
/// 10.5 below 1, 7.8 above); trigamma below 11 ulp (measured 9.1 below 1, 5.5 above).
inline LogGammaDerivatives<double> digamma_trigamma(double x) { return detail::log_gamma_derivatives(x); }
FISHERLAB_INLINE LogGammaDerivatives<Lanes> digamma_trigamma(Lanes const& x) {
  return detail::log_gamma_derivatives(x);
}

/// digamma(x) alone; see `digamma_trigamma`.
inline double digamma(double x) { return digamma_trigamma(x).digamma; }
FISHERLAB_INLINE Lanes digamma(Lanes const& x) { return digamma_trigamma(x).digamma; }

/// trigamma(x) alone; see `digamma_trigamma`.
inline double trigamma(double x) { return digamma_trigamma(x).trigamma; }
FISHERLAB_INLINE Lanes trigamma(Lanes const& x) { return digamma_trigamma(x).trigamma; }

}  // namespace fisherlab::sim
