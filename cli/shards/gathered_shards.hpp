#pragma once

#include <string>
#include <vector>

#include "runs/resume/checkpoint.hpp"
#include "runs/shards/shard_state.hpp"

namespace fisherlab::cli {

/// The shards of one look, or of one simulation, found to belong together.
struct GatheredShards {
  runs::RunFacts facts;                  ///< of the first
  int parts = 1;                         ///< how many there are
  std::vector<runs::ShardState> shards;  ///< all of them
};

/// Reads the shards in these folders.
/// @throws InputError naming the folder that holds no shard, a torn one or one of another run, version or look, that is
///   there twice, and the shards that are missing.
GatheredShards gather_shards(std::vector<std::string> const& folders);

}  // namespace fisherlab::cli
