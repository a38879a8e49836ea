#pragma once

#include "sim/math/polynomial.hpp"

namespace fisherlab::sim {

/// The shape k at which log k - psi(k) is s > 0, nearly: a start for Newton's method. Minka's (2002) rational
/// approximation, within 1.5 %, times a cubic of k/(k + 1/2) that interpolates what it is off at Chebyshev points.
/// Error: a relative 1.6e-4 for k from 0.1 on, 1.4 % below (tests/sim/math/gamma_test.cpp).
/// Source: Minka (2002), Estimating a Gamma distribution.
template <class Real>
FISHERLAB_INLINE Real gamma_shape_start(Real const& s) {
  Real const distance = s - 3.0;
  Real const near = (sqrt(distance * distance + 24.0 * s) - distance) / (12.0 * s);
  Real const place = max(near / (near + 0.5), Real(1.0 / 6));
  return near * detail::polynomial(place, 0.96944, 0.2409, -0.39589, 0.1857);
}

}  // namespace fisherlab::sim
