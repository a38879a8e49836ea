#pragma once

#include <cstdint>
#include <string>

#include "cli/run/run_frame.hpp"
#include "runs/simulate.hpp"

namespace fisherlab::cli {

/// The simulation as run, in TOML.
std::string study_of(runs::Simulation const& simulation);

/// The hooks of a simulation that is watched: the bar, signals, and states that go to `saver`.
runs::SimulationHooks hooks_of(Watch const& watch, runs::Saver& saver, std::string resumed);

/// Writes what a simulation came to, prints it, and gives the exit code. `kept_samples`: so many of each size are
/// written, too, but for a simulation that was interrupted.
int end_simulation(runs::Simulation const& simulation, runs::SimulationResult const& result, RunFrame& frame,
                   std::int64_t kept_samples = 0);

}  // namespace fisherlab::cli
