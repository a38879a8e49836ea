#pragma once

#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// False where x, a double or lanes, is not a number: NaN alone is not equal to itself.
template <class Real>
FISHERLAB_INLINE auto is_number(Real const& x) {
  return x == x;  // NOLINT(misc-redundant-expression)
}

}  // namespace fisherlab::sim
