#pragma once

#include "sim/lanes.hpp"
#include "sim/math/rounding.hpp"
#include "sim/models/interface/card.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// A value of a parameter as it is compared with `near`: for an angle the representative modulo 2 pi that is nearest to
/// it, so that `unwrapped(domain, x, y) - y` is the shorter way round the circle; any other value as it is.
inline Lanes unwrapped(Domain domain, Lanes const& value, Lanes const& near) {
  if (domain != Domain::angle) return value;
  Lanes const turns = round_to_integer((value - near) / Lanes(2 * pi));
  return value - 2 * pi * turns;
}

}  // namespace fisherlab::sim
