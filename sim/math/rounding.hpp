#pragma once

#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// The nearest integer, ties to even, for |x| < 2^51: adding 1.5 x 2^52 leaves no fraction bits. Exact.
template <class Real>
FISHERLAB_INLINE Real round_to_integer(Real const& x) {
  return (x + Real(6755399441055744.0)) - Real(6755399441055744.0);
}

/// The largest integer not above x, for |x| < 2^51. Exact.
template <class Real>
FISHERLAB_INLINE Real floor_of(Real const& x) {
  Real const r = round_to_integer(x);
  return select(r > x, r - Real(1.0), r);
}

}  // namespace fisherlab::sim
