#pragma once

#include <vector>

#include "runs/shards/shard_state.hpp"
#include "runs/simulate.hpp"

namespace fisherlab::runs {

/// Does one part of a simulation: its share of the blocks of every size. What it comes to is given to `hooks.save`, at
/// the end too; given back as `hooks.resumed` it goes on there.
/// @throws InputError as check(), or when the state to be resumed is of another simulation or share.
ShardResult run_shard(Simulation const& simulation, SimulationHooks const& hooks, Share const& share);

/// Folds all shards of a simulation, and measures: the bytes of simulate().
/// @throws InputError naming the shard that is not complete, holds what another has, or is of another simulation.
SimulationResult merge_shards(Simulation const& simulation, std::vector<ShardState> const& shards);

}  // namespace fisherlab::runs
