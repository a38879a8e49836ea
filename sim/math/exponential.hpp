#pragma once

#include "sim/math/is_number.hpp"
#include "sim/math/polynomial.hpp"

namespace fisherlab::sim {

namespace detail {

/// x = k log 2 + r with |r| <= log(2)/2 (up to rounding); e^r = 1 + expm1_r. The bits of `shifted_k` end in k.
template <class Real>
struct ExponentialParts {
  Real shifted_k, expm1_r;
};

/// For |x| <= 750. The remainder r = high - low keeps the digits that k log 2 would lose; then
///   e^r - 1 = high + (r^2 q(r) - low), q of degree 10 by interpolation at the Chebyshev points of |r| <= 0.3466
/// (fit_polynomials.py; the error is 3e-19).
template <class Real>
FISHERLAB_INLINE ExponentialParts<Real> split_exponential(Real const& x) {
  Real const shifted_k = x * 0x1.71547652b82fep0 + integer_shift;  // 1/log 2
  Real const k = shifted_k - integer_shift;
  Real const high = x - k * log2_high;
  Real const low = k * log2_low;
  Real const r = high - low;
  Real const z = r * r;
  Real const even = polynomial(z, 0.5, 0.04166666666666667, 0.0013888888888883748, 2.4801587325547743e-05,
                               2.75572736431103e-07, 2.0914686968086876e-09);
  Real const odd = polynomial(z, 0.1666666666666667, 0.008333333333326136, 0.00019841269874820627,
                              2.7557255400206422e-06, 2.5105217004720745e-08);
  return {shifted_k, high + (z * (even + r * odd) - low)};
}

template <class Real>
FISHERLAB_INLINE Real exp_any(Real const& x) {
  if (all(abs(x) <= Real(708.0))) [[likely]] {
    auto const [shifted_k, expm1_r] = split_exponential(x);
    return from_bits(to_bits(1.0 + expm1_r) + (to_bits(shifted_k) << 52));
  }
  // Two powers of two, k = a + b, so that neither leaves the range; only the last product rounds.
  auto const [shifted_k, expm1_r] = split_exponential<Real>(max(min(x, Real(710.0)), Real(-750.0)));
  Real const shifted_a = (shifted_k - integer_shift) * 0.5 + integer_shift;
  Real const power_a = from_bits((to_bits(shifted_a) << 52) + exponent_one);
  Real const power_b = from_bits(((to_bits(shifted_k) - to_bits(shifted_a)) << 52) + exponent_one);
  return select(is_number(x), (1.0 + expm1_r) * power_a * power_b, Real(the_nan()));
}

template <class Real>
FISHERLAB_INLINE Real expm1_any(Real const& x) {
  auto const [shifted_k, expm1_r] = split_exponential<Real>(max(min(x, Real(710.0)), Real(-40.0)));
  // e^x - 1 = 2^k (e^r - 1 + 1 - 2^-k), written with 2^(k-1) and 2^(1-k), which exist up to k = 1024.
  BitsOf<Real> const k = to_bits(shifted_k) << 52;
  Real const half_power = from_bits(k + (exponent_one - (std::uint64_t{1} << 52)));
  Real const double_inverse = from_bits((exponent_one + (std::uint64_t{1} << 52)) - k);
  Real const r = ((expm1_r + expm1_r) + (2.0 - double_inverse)) * half_power;
  return select(is_number(x), select(abs(x) < Real(0x1p-54), x, r), Real(the_nan()));
}

}  // namespace detail

/// e^x. Overflows to inf above 709.78, underflows gradually to 0 below -745.13; NaN for NaN.
/// Error: below 1 ulp (measured 0.91), also where the result is subnormal and rounded twice (measured 0.89 of 2^-1074).
inline double exp(double x) { return detail::exp_any(x); }
FISHERLAB_INLINE Lanes exp(Lanes const& x) { return detail::exp_any(x); }

/// e^x - 1, accurate near 0 in relative terms; -1 for large negative x, inf above 709.78, NaN for NaN.
/// Error: below 1.8 ulp (measured 1.71).
inline double expm1(double x) { return detail::expm1_any(x); }
FISHERLAB_INLINE Lanes expm1(Lanes const& x) { return detail::expm1_any(x); }

}  // namespace fisherlab::sim
