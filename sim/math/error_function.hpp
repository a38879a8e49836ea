#pragma once

#include "sim/math/exponential.hpp"
#include "sim/math/is_number.hpp"
#include "sim/math/logarithm.hpp"

namespace fisherlab::sim {

namespace detail {

/// e^(y^2) erfc(y) for y >= 0 as (1 + (1 + t) Q(t))/(1 + 2y), t = (y - 4)/(y + 4), Q by interpolation at Chebyshev
/// points (fit_polynomials.py; the error is 4e-17 relative). Source of the map: Shepherd and Laframboise (1981).
template <class Real>
FISHERLAB_INLINE Real scaled_erfc(Real const& y) {
  Real const inverse = 1.0 / (y + 4.0);
  Real const q = polynomial(
      Real((y - 4.0) * inverse), 0.2329951186255525, -0.37261623546611505, 0.38799588756873504, -0.31989883331404073,
      0.21885976727772263, -0.12512693227940694, 0.05879656646754635, -0.021629050929823597, 0.005431316866888821,
      -0.0003993468888645893, -0.0003584263547296312, 0.00015916965267922132, -8.548226592861872e-06,
      -1.5850959760535006e-05, 4.629824095010907e-06, 1.0799140897327648e-06, -7.881798347993277e-07,
      -3.753184915777787e-08, 1.1525128250472526e-07, -4.367740153283901e-09, -1.635806302323874e-08,
      1.1496726139206945e-09, 2.0827250185031233e-09, -1.0945008317104093e-10, -1.6696199246269125e-10);
  return (1.0 + (2.0 * y * inverse) * q) / (1.0 + 2.0 * y);
}

/// e^(-scale y^2) for |y| <= 40 and scale a power of two: y^2 = square + lost exactly (Dekker 1971), and e^-lost = 1 -
/// lost.
template <class Real>
FISHERLAB_INLINE Real exp_minus_square(Real const& y, double scale) {
  Real const c = y * 0x1.0000002p27;
  Real const high = c - (c - y);
  Real const low = y - high;
  Real const square = y * y;
  Real const lost = ((high * high - square) + 2.0 * high * low) + low * low;
  Real const e = exp_any<Real>(-scale * square);
  return e - e * (scale * lost);
}

template <class Real>
Real erfc_any(Real const& x) {
  Real const y = min(abs(x), Real(28.0));  // erfc(28) underflows to 0
  Real const upper = exp_minus_square(y, 1.0) * scaled_erfc(y);
  return select(is_number(x), select(x < Real(0.0), 2.0 - upper, upper), Real(the_nan()));
}

template <class Real>
Real normal_cdf_any(Real const& x) {
  Real const y = min(abs(x), Real(39.0));  // Phi(-39) underflows to 0
  Real const lower = 0.5 * (exp_minus_square(y, 0.5) * scaled_erfc<Real>(y * 0x1.6a09e667f3bcdp-1));
  return select(is_number(x), select(x > Real(0.0), 1.0 - lower, lower), Real(the_nan()));
}

/// The quantile for |p - 1/2| <= 0.425, of q = p - 1/2.
template <class Real>
Real normal_quantile_centre(Real const& q) {
  Real const r = 0.180625 - q * q;
  Real const above =
      polynomial(r, 3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
                 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727);
  Real const below =
      polynomial(r, 1.0, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
                 39307.89580009271061, 28729.085735721942674, 5226.495278852545925);
  return q * (above / below);
}

/// Minus the quantile at the lower tail probability e^(-r^2), for r >= 1.6.
template <class Real>
Real normal_quantile_tail(Real const& r) {
  auto const near = r <= Real(5.0);
  Real const a = r - 1.6, b = r - 5.0;
  Real const near_above =
      polynomial(a, 1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
                 1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4);
  Real const near_below =
      polynomial(a, 1.0, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
                 0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9);
  Real const far_above = polynomial(b, 6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358,
                                    0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7);
  Real const far_below = polynomial(b, 1.0, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
                                    7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
                                    2.04426310338993978564e-15);
  return select(near, near_above, far_above) / select(near, near_below, far_below);
}

template <class Real>
Real normal_quantile_any(Real const& p) {
  Real const q = p - 0.5;
  auto const central = abs(q) <= Real(0.425);
  Real x = normal_quantile_centre(q);
  if (!all(central)) {
    Real const smaller = min(p, 1.0 - p);
    Real const size = normal_quantile_tail<Real>(sqrt(-log_any<Real>(select(central, Real(0.05), smaller))));
    x = select(central, x, select(q < Real(0.0), -size, size));
    x = select(p == Real(0.0), Real(-the_infinity()), select(p == Real(1.0), Real(the_infinity()), x));
    x = select((p >= Real(0.0)) & (p <= Real(1.0)), x, Real(the_nan()));
  }
  return x;
}

}  // namespace detail

/// The complementary error function, 2/sqrt(pi) times the integral of e^(-t^2) from x on; NaN for NaN.
/// Error: below 5 ulp (measured 3.9) down to 2^-1022, beyond that 2^-1073 absolute; erfc(0) = 1 exactly.
inline double erfc(double x) { return detail::erfc_any(x); }
inline Lanes erfc(Lanes const& x) { return detail::erfc_any(x); }

/// The distribution function of the standard normal law, P(X <= x); for an upper tail take normal_cdf(-x).
/// Error: below 6 ulp (measured 4.7) down to 2^-1022, beyond that 2^-1073 absolute; normal_cdf(0) = 1/2 exactly.
inline double normal_cdf(double x) { return detail::normal_cdf_any(x); }
inline Lanes normal_cdf(Lanes const& x) { return detail::normal_cdf_any(x); }

/// The quantile of the standard normal law: x with P(X <= x) = prob. -inf at 0, inf at 1, NaN outside [0, 1].
/// Error: below 8 ulp (measured 6.6), relative at 1/2 too.
/// Source: Wichura (1988), Algorithm AS 241 (PPND16): the three ranges and their rational functions.
inline double normal_quantile(double prob) { return detail::normal_quantile_any(prob); }
inline Lanes normal_quantile(Lanes const& prob) { return detail::normal_quantile_any(prob); }

}  // namespace fisherlab::sim
