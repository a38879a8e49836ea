#pragma once

#include <span>

#include "base/api.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// Whether [lower, upper] holds each of some points, 1 or 0 in every lane, to `out`, one Lanes a point.
FISHERLAB_API void indicate_held(Lanes const& lower, Lanes const& upper, std::span<double const> points, Lanes* out);

}  // namespace fisherlab::sim
