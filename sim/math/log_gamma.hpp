#pragma once

#include "sim/math/logarithm.hpp"

namespace fisherlab::sim {

namespace detail {

/// The integer nearest to 0 <= x < 2^50, and what is left.
template <class Real>
struct NearestInteger {
  Real n, t;
};

template <class Real>
FISHERLAB_INLINE NearestInteger<Real> split_integer(Real const& x) {
  Real const n = (x + integer_shift) - integer_shift;
  return {n, x - n};
}

/// For 0 < x < 8 and x = n + t, |t| <= 1/2, the number p with log Gamma(x) = log Gamma(2 + t) + log p (n >= 2) or
/// - log p (n < 2): p = (2 + t)(3 + t)...(n - 1 + t), x or x (x + 1).
template <class Real>
FISHERLAB_INLINE Real recurrence_product(Real const& x, Real const& n, Real const& t) {
  Real p = select(n > Real(1.5), Real(1.0), select(n > Real(0.5), x, x * (x + 1.0)));
  p = p * select(n > Real(2.5), t + 2.0, Real(1.0));
  p = p * select(n > Real(3.5), t + 3.0, Real(1.0));
  p = p * select(n > Real(4.5), t + 4.0, Real(1.0));
  p = p * select(n > Real(5.5), t + 5.0, Real(1.0));
  p = p * select(n > Real(6.5), t + 6.0, Real(1.0));
  return p * select(n > Real(7.5), t + 7.0, Real(1.0));
}

/// log Gamma(2 + t) for |t| <= 1/2, as t Q(t), Q of degree 17 by interpolation at Chebyshev points
/// (fit_polynomials.py; the error is 6e-17 relative).
template <class Real>
FISHERLAB_INLINE Real log_gamma_about_two(Real const& t) {
  Real const z = t * t;
  Real const even = polynomial(z, 0.42278433509846713, -0.06735230105319563, -0.007385551028935545,
                               -0.0011927539009983087, -0.00022315497746292723, -4.4923727564247656e-05,
                               -9.45628851510172e-06, -1.9743106888421067e-06, -5.811277768921246e-07);
  Real const odd = polynomial(z, 0.3224670334241132, 0.02058080842778338, 0.002890510330865901, 0.0005096695196526673,
                              9.945761692157133e-05, 2.050601970174762e-05, 4.3828545383846665e-06,
                              9.242852225162277e-07, 2.7475390051909663e-07);
  return t * (even + t * odd);
}

/// Stirling's series for x >= 8: (x - 1/2)(log x - 1) + (log(2 pi) - 1)/2 + W(1/x^2)/x, W by interpolation at
/// Chebyshev points (fit_polynomials.py; the error is 5e-19 relative).
template <class Real>
FISHERLAB_INLINE Real stirling(Real const& x, Real const& log_x) {
  Real const inverse = 1.0 / x;
  Real const w = polynomial(inverse * inverse, 0.0833333333333333, -0.002777777777606224, 0.000793650664941695,
                            -0.0005952025941397198, 0.0008372833847344552, -0.0016525989008318663);
  return (x - 0.5) * (log_x - 1.0) + (0.4189385332046727 + inverse * w);
}

template <class Real>
FISHERLAB_INLINE Real lgamma_any(Real const& x) {
  auto const near = x < Real(8.0);
  Real about_two = 0.0;
  Real p = x;
  if (any(near)) {
    auto const [n, t] = split_integer<Real>(select(near, x, Real(2.0)));
    about_two = log_gamma_about_two(t);
    p = select(near, recurrence_product<Real>(x, n, t), x);
  }
  Real const log_p = log_any(p);
  Real r = about_two + select(x < Real(1.5), 0.0 - log_p, log_p);
  if (!all(near)) r = select(near, r, stirling(x, log_p));
  return select(x > Real(0.0), r, Real(the_nan()));
}

}  // namespace detail

/// log Gamma(x) for x > 0; inf above 2.56e305, NaN for x <= 0 and NaN. Below 8 the recurrence leads to the interval
/// around 2, where the zero is a factor of the polynomial; from 8 on Stirling's series.
/// Error: below 9 ulp (measured 7.6 at 1.494, where two logarithms cancel; 5 next to the zeros at 1 and 2, 2.6 from 3
/// on).
inline double lgamma(double x) { return detail::lgamma_any(x); }
FISHERLAB_INLINE Lanes lgamma(Lanes const& x) { return detail::lgamma_any(x); }

}  // namespace fisherlab::sim
