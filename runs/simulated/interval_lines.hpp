#pragma once

#include "runs/replicates.hpp"
#include "runs/simulate.hpp"

namespace fisherlab::runs {

/// Adds what the zip plots of a simulation show: the coverage of each estimator's interval over n, from its table of
/// performance, and the intervals of replicates that stand for all in the order of their distance from the truth, 200
/// of each estimator, component, theta and n. They are drawn again from the seed: the first 4,096 replicates of each
/// scenario, fewer where samples are large, so that this takes little beside the simulation itself. Programs are not
/// asked again, and of more than 24 scenarios the smallest n of each theta alone is shown.
/// It is not interrupted: a run that was told to stop again and again at this place would not come to its end.
void add_interval_lines(Simulation const& simulation, SimulationResult& result);

}  // namespace fisherlab::runs
