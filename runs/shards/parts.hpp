#pragma once

#include <string>
#include <string_view>

#include "runs/experiment_work.hpp"
#include "runs/run_work.hpp"
#include "runs/shards/shard_state.hpp"

namespace fisherlab::runs {

/// What was done of a look in one place: the blocks that are folded, and the experiments that were carried out.
std::string packed_parts(RunWork const& work);

/// Adds what was done of the look that has begun, in another place or before; replicates are counted.
/// @throws InputError when it is of other questions, or there already.
void add_parts(RunWork& work, std::string_view bytes);

/// Forgets what was done of the look, once it was given to who folds it.
void forget_parts(RunWork& work);

/// What is left of a share.
Left left_of(RunWork const& work, LookWork const& share, ExperimentWork const& experiments);

}  // namespace fisherlab::runs
