#pragma once

#include "sim/lanes.hpp"

namespace fisherlab::sim::detail {

/// The polynomial c0 + c1 x + c2 x^2 + ... by Horner's rule. The coefficients are arguments, not an array, so that
/// nothing is left of the recursion but multiplications and additions in one fixed order.
template <class Real>
FISHERLAB_INLINE Real polynomial(Real const&, double c0) {
  return c0;
}
template <class Real, class... Coefficients>
FISHERLAB_INLINE Real polynomial(Real const& x, double c0, double c1, Coefficients... rest) {
  return c0 + x * polynomial(x, c1, rest...);
}

inline constexpr std::uint64_t exponent_one = 0x3ff0000000000000;   // the bits of 1.0
inline constexpr std::uint64_t exponent_one_field = 0x3ff;          // its sign and exponent
inline constexpr std::uint64_t fraction_mask = 0x000fffffffffffff;  // the 52 fraction bits of a double
inline constexpr double smallest_normal = 0x1p-1022;
inline constexpr double largest_finite = 0x1.fffffffffffffp1023;

/// 1.5 * 2^52. For an integer k, |k| < 2^51, `integer_shift + k` is exact and holds k in its low bits (two's
/// complement, 51 bits); adding it to a real number rounds to the nearest integer.
inline constexpr double integer_shift = 0x1.8p52;
inline constexpr std::uint64_t integer_shift_bits = 0x4338000000000000;

/// The only NaN the lane mathematics returns: which NaN an operation hands on differs between compilers.
inline constexpr std::uint64_t nan_bits = 0x7ff8000000000000;
inline constexpr std::uint64_t infinity_bits = 0x7ff0000000000000;
FISHERLAB_INLINE double the_nan() { return from_bits(nan_bits); }
FISHERLAB_INLINE double the_infinity() { return from_bits(infinity_bits); }

// log 2 in two parts: the first has 32 trailing zero bits, so its product with an integer below 2^21 is exact.
inline constexpr double log2_high = 6.93147180369123816490e-01;
inline constexpr double log2_low = 1.90821492927058770002e-10;

}  // namespace fisherlab::sim::detail
