#pragma once

#include "cli/shards/gathered_shards.hpp"
#include "cli/shards/merge_options.hpp"

namespace fisherlab::cli {

/// Folds the shards of a simulation, and writes it as `simulate` does.
/// @throws InputError before anything is written.
int merge_simulation(GatheredShards const& shards, MergeOptions const& options);

}  // namespace fisherlab::cli
