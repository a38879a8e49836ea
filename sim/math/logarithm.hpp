#pragma once

#include "sim/math/polynomial.hpp"

namespace fisherlab::sim {

namespace detail {

/// A positive normal x as m 2^k with sqrt(1/2) <= m < sqrt(2); `minus_k` is -k, and +0 (not -0) for k = 0.
template <class Real>
struct BinaryParts {
  Real m, minus_k;
};

template <class Real>
FISHERLAB_INLINE BinaryParts<Real> split_binary(Real const& x) {
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcd;  // the bits of sqrt(1/2)
  // Subtracting them puts the wanted exponent k into the upper 12 bits; the bias 1024 keeps it from going negative.
  BitsOf<Real> const t = to_bits(x) - (root_half - 0x4000000000000000);
  Real const shifted_k = from_bits((t >> 52) + (integer_shift_bits - 0x400));
  return {from_bits((t & fraction_mask) + root_half), integer_shift - shifted_k};
}

/// log(1 + f) - minus_k log 2 + correction for sqrt(1/2) <= 1 + f < sqrt(2) and a correction of rounding size.
/// With s = f/(2 + f): log(1 + f) = 2 atanh(s) = 2 s + s R(s^2) = f - s (f - R(s^2)).
/// Source: fdlibm e_log.c (Sun Microsystems 1993): the reduction and the coefficients of R.
template <class Real>
FISHERLAB_INLINE Real log_reduced(Real const& f, Real const& minus_k, Real const& correction) {
  Real const s = f / (2.0 + f);
  Real const z = s * s;
  Real const w = z * z;
  Real const odd = z * polynomial(w, 6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01,
                                  1.479819860511658591e-01);
  Real const even = w * polynomial(w, 3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01);
  return (f - (s * (f - (odd + even)) + (minus_k * log2_low - correction))) - minus_k * log2_high;
}

template <class Real>
FISHERLAB_INLINE Real log_normal_range(Real const& x) {
  auto const [m, minus_k] = split_binary(x);
  return log_reduced<Real>(m - 1.0, minus_k, 0.0);
}

template <class Real>
FISHERLAB_INLINE Real log_any(Real const& x) {
  auto const ordinary = (x >= Real(smallest_normal)) & (x <= Real(largest_finite));
  if (all(ordinary)) [[likely]]
    return log_normal_range(x);
  auto const tiny = x < Real(smallest_normal);
  auto const [m, minus_k] = split_binary<Real>(select(tiny, x * 0x1p54, x));
  Real r = log_reduced<Real>(m - 1.0, minus_k + select(tiny, Real(54.0), Real(0.0)), 0.0);
  r = select(x > Real(largest_finite), Real(the_infinity()), r);
  r = select(x == Real(0.0), Real(-the_infinity()), r);
  return select(x >= Real(0.0), r, Real(the_nan()));
}

template <class Real>
FISHERLAB_INLINE Real log1p_any(Real const& x) {
  Real const u = 1.0 + x;
  Real const back = u - 1.0;
  Real const lost = (1.0 - (u - back)) + (x - back);  // 1 + x = u + lost exactly (Knuth's two-sum)
  auto const [m, minus_k] = split_binary(u);
  auto const unscaled = equal_bits(to_bits(m), to_bits(u));  // k = 0: x itself is the exact f
  Real const f = select(unscaled, x, m - 1.0);
  // log(u + lost) - log u = lost/u, and 1/u = 2^-k/(1 + f); a hundredth of a rounding error suffices for 1/(1 + f).
  Real const scale = from_bits(to_bits(m) - to_bits(u) + exponent_one);
  Real const inverse = polynomial(f, 1.0049951120225056, -1.0806127678408468, 0.9142390706250312);
  Real const r = log_reduced<Real>(f, minus_k, select(unscaled, Real(0.0), lost * scale * inverse));
  auto const ordinary = (x > Real(-1.0)) & (x <= Real(0x1p1000));
  if (all(ordinary)) [[likely]]
    return r;
  return select(x == Real(-1.0), Real(-the_infinity()), select(ordinary, r, log_any(u)));
}

}  // namespace detail

/// The natural logarithm of a positive, normal, finite number (2^-1022 <= x < 2^1024), without a test of the domain:
/// elsewhere the result has no meaning. The bits are those of `log`.
/// Error: below 1 ulp (measured 0.96).
inline double log_positive(double x) { return detail::log_normal_range(x); }
FISHERLAB_INLINE Lanes log_positive(Lanes const& x) { return detail::log_normal_range(x); }

/// The natural logarithm, subnormal numbers included. log(0) = -inf, log(inf) = inf, NaN for x < 0 and NaN.
/// Error: below 1 ulp (measured 0.96).
inline double log(double x) { return detail::log_any(x); }
FISHERLAB_INLINE Lanes log(Lanes const& x) { return detail::log_any(x); }

/// log(1 + x), accurate near 0 in relative terms. log1p(-1) = -inf, log1p(inf) = inf, NaN for x < -1 and NaN.
/// The rounding error of 1 + x is recovered exactly and enters as a correction.
/// Error: below 1 ulp (measured 0.97).
inline double log1p(double x) { return detail::log1p_any(x); }
FISHERLAB_INLINE Lanes log1p(Lanes const& x) { return detail::log1p_any(x); }

}  // namespace fisherlab::sim
