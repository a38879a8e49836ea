#pragma once

#include "claims/shipped.hpp"
#include "cli/shards/gathered_shards.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {

/// The shards of one look of a run.
struct Gathered {
  runs::Study study;  ///< as all were run, with their seed and replicates
  int look = 0;       ///< from 0
  GatheredShards shards;
};

/// The run that gathered shards are of.
/// @throws InputError when the study beside the first is another than it was run with.
Gathered gathered_run(GatheredShards shards, claims::Catalogue const& catalogue);

}  // namespace fisherlab::cli
