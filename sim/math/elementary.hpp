#pragma once

#include "sim/math/exponential.hpp"
#include "sim/math/is_number.hpp"
#include "sim/math/logarithm.hpp"

namespace fisherlab::sim {

namespace detail {

template <class Real>
FISHERLAB_INLINE Real tanh_any(Real const& x) {
  Real const t = expm1_any<Real>(-2.0 * abs(x));
  BitsOf<Real> const sign = to_bits(x) & (std::uint64_t{1} << 63);
  Real const r = from_bits(to_bits(abs(t) / (2.0 + t)) | sign);
  return select(is_number(x), r, Real(the_nan()));
}

}  // namespace detail

/// The hyperbolic tangent, -t/(2 + t) with t = e^(-2|x|) - 1, so that nothing cancels or overflows; NaN for NaN.
/// Error: below 2.7 ulp (measured 2.50).
inline double tanh(double x) { return detail::tanh_any(x); }
FISHERLAB_INLINE Lanes tanh(Lanes const& x) { return detail::tanh_any(x); }

/// x^y = exp(y log x) for 0 <= x < inf and finite y, save 0^0 (NaN); NaN for x < 0.
/// Error: below 2 + 2 |y log x| ulp, since the rounding errors of the exponent become relative errors of the result.
inline double pow(double x, double y) { return exp(y * log(x)); }
FISHERLAB_INLINE Lanes pow(Lanes const& x, Lanes const& y) { return exp(y * log(x)); }

}  // namespace fisherlab::sim
