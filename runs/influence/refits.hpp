#pragma once

#include "runs/influence/influence_run.hpp"

namespace fisherlab::runs {

/// Refits without each group, then without each of the rows that the settings choose, and adds what they say to the
/// run. Told to stop, it leaves the refits that were done, at most a second's work less.
/// @throws InputError when the state to be resumed is of another run
void make_refits(InfluenceRun& run, InfluenceHooks const& hooks);

}  // namespace fisherlab::runs
