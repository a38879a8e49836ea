#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runs/resume/checkpoint.hpp"
#include "runs/shards/shard.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {

/// The shards of one look, read and found to belong together.
struct Gathered {
  runs::Study study;                     ///< as all were run, with their seed and replicates
  runs::RunFacts facts;                  ///< of the first
  int look = 0;                          ///< from 0
  int parts = 1;                         ///< how many there are
  std::vector<runs::ShardState> shards;  ///< all of them
};

/// Reads the shards in these folders.
/// @throws InputError naming the folder that holds no shard, a torn one or one of another run, version or look, that is
///   there twice, and the shards that are missing.
Gathered gather(std::vector<std::string> const& folders, claims::Catalogue const& catalogue);

}  // namespace fisherlab::cli
