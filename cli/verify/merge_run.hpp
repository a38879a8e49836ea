#pragma once

#include "cli/shards/gathered_shards.hpp"
#include "cli/shards/merge_options.hpp"

namespace fisherlab::cli {

/// Folds the shards of a look of `verify`, judges, and writes the run so far; says which commands do the next look
/// where one is needed. @throws InputError before anything is written.
int merge_run(GatheredShards shards, MergeOptions const& options);

}  // namespace fisherlab::cli
