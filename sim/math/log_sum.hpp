#pragma once

#include "sim/math/logarithm.hpp"

namespace fisherlab::sim {

/// The sum of log x_i over positive numbers, kept as log(product of x_i) = log p + e log 2 with 1 <= p < 2.
///
/// Each `add` multiplies p by x and moves the exponent of the product into e, so any number of terms is safe: p never
/// leaves [1, 2), and the integer e, |e| <= 1024 n, is exact. Domain: 2^-1022 <= x < 2^1023. A lane that met any other
/// number (zero, subnormal, negative, infinite, NaN) gives NaN, since the sum would be wrong; where zeros can occur,
/// sum `log`; from 2^1023 on, the value is NaN or right. Adding 1 changes no bit of the value, so a masked lane may
/// add 1. Error: below n 2^-53 absolute (one rounding a product) plus 1 ulp of the value, for n < 2^22.
template <class Real>
class LogSum {
 public:
  FISHERLAB_INLINE void add(Real const& x) {
    BitsOf<Real> const y = to_bits(product_ * x);
    BitsOf<Real> const field = y >> 52;  // sign and biased exponent
    fields_ += field;
    ++count_;
    outside_ = outside_ | (field - 1) | (field + 1);  // sets a bit from 11 up unless 1 <= field <= 2046
    product_ = from_bits((y & detail::fraction_mask) | detail::exponent_one);
  }

  /// Adds both, by one product, at little more than the price of one. Their product must lie in the domain too: where
  /// it does not, or one of them is negative, the value is NaN, and what adds them one by one may know better.
  FISHERLAB_INLINE void add(Real const& x, Real const& y) {
    signs_ = signs_ | to_bits(x) | to_bits(y);
    add(x * y);
  }

  FISHERLAB_INLINE Real value() const {
    Real const e =
        from_bits(fields_ + (detail::integer_shift_bits - count_ * detail::exponent_one_field)) - detail::integer_shift;
    Real const sum = e * detail::log2_high + (log_positive(product_) + e * detail::log2_low);
    return select(equal_bits((outside_ >> 11) | (signs_ >> 63), BitsOf<Real>(0)), sum, Real(detail::the_nan()));
  }

 private:
  Real product_ = 1.0;
  BitsOf<Real> fields_ = 0;  // the sum of biased exponents
  BitsOf<Real> outside_ = 0;
  BitsOf<Real> signs_ = 0;  ///< of what came in pairs
  std::uint64_t count_ = 0;
};

}  // namespace fisherlab::sim
