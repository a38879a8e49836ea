#include "cli/simulate/merge_simulation.hpp"

#include <cstdint>

#include "base/expects.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/simulate/outcome.hpp"
#include "cli/simulate/simulation_words.hpp"
#include "runs/shards/simulation_shard.hpp"

namespace fisherlab::cli {

int merge_simulation(GatheredShards const& shards, MergeOptions const& options) {
  expects(!options.history, "these are shards of a simulation (a history keeps runs of verify), leave out --history");
  auto simulation = simulation_in(shards.facts, options.catalogue);
  std::uint64_t same_seed = simulation.seed;
  read_run_options(options.run, same_seed, simulation.threads);
  RunFrame frame(RunKind::simulate, options.run, simulation.threads);
  frame.is_of(facts_of(simulation));
  auto const result = runs::merge_shards(simulation, shards.shards);
  frame.begin(simulation.seed);
  return end_simulation(simulation, result, frame);
}

}  // namespace fisherlab::cli
