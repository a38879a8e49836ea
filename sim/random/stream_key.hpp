#pragma once

#include <array>
#include <cstdint>

#include "base/api.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// The address of one replicate's random numbers. `scenario` is a stable hash of what is simulated, never a row number,
/// so that adding a scenario changes no other one.
struct StreamKey {
  std::uint64_t seed = 0;       ///< of the run
  std::uint64_t scenario = 0;   ///< hash of what is simulated
  std::uint64_t replicate = 0;  ///< number of the sample, from 0
};

/// The 256 bits of state from which replicate `key.replicate` starts: one block of Philox-4x64-10 with key
/// (seed, constant) and counter (replicate, scenario, 0, 0). The map from keys to states is injective for a seed,
/// because Philox permutes its counters. Source: Salmon, Moraes, Dror and Shaw (2011), SC11.
FISHERLAB_API std::array<std::uint64_t, 4> initial_state(StreamKey const& key);

/// The same for eight consecutive replicates from `first.replicate`, one a lane.
FISHERLAB_API std::array<LaneBits, 4> initial_lane_state(StreamKey const& first);

}  // namespace fisherlab::sim
