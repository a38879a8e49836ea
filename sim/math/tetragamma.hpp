#pragma once

#include "sim/lanes.hpp"
#include "sim/math/polynomial.hpp"

namespace fisherlab::sim {

namespace detail {

/// psi''(x) = psi''(x + 12) - 2 sum_{k < 12} (x + k)^-3, all terms of one sign, and at y = x + 12 the asymptotic series
///   psi''(y) = -1/y^2 - 1/y^3 - sum_k B_2k (2k + 1)/y^(2k + 2),   B_2k Bernoulli's numbers, up to k = 7,
/// whose next term is below 1e-15 of the whole.
template <class Real>
FISHERLAB_INLINE Real tetragamma_of(Real const& x) {
  Real sum = 0.0;
  for (int k = 11; k >= 0; --k) {
    Real const inverse = 1.0 / (x + static_cast<double>(k));
    sum += inverse * inverse * inverse;
  }
  Real const inverse = 1.0 / (x + 12.0);
  Real const z = inverse * inverse;
  Real const series = polynomial(z, 0.5, -1.0 / 6, 1.0 / 6, -0.3, 5.0 / 6, -691.0 / 210, 17.5);
  return -(z + z * inverse + z * z * series) - 2.0 * sum;
}

}  // namespace detail

/// The third derivative of log Gamma for x > 0. Not made for speed: it enters no replicate.
/// Error: a relative 1e-14 (tests/sim/math/gamma_test.cpp).
inline double tetragamma(double x) { return detail::tetragamma_of(x); }
inline Lanes tetragamma(Lanes const& x) { return detail::tetragamma_of(x); }

}  // namespace fisherlab::sim
