#pragma once

#include <string>

#include "cli/run/run_options.hpp"
#include "runs/simulate.hpp"

namespace fisherlab::cli {

/// Does one part of a simulation, "2/7", and leaves what it came to in `checkpoint.bin` of its folder.
/// @throws InputError before anything is written.
int simulate_shard(runs::Simulation const& simulation, std::string const& shard, bool resume, RunOptions options);

}  // namespace fisherlab::cli
