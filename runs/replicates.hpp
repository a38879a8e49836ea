#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "claims/probe.hpp"
#include "runs/blocks/block_fold.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {

class Stages;

/// A stretch of replicates [first, last) of one scenario; `first` is a multiple of sim::block_size.
struct Stretch {
  std::uint64_t seed = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// How the replicate stage runs: on how many threads, when to stop, whom to tell.
struct Execution {
  int threads = 0;                                       ///< 0: one a core
  std::function<bool()> stop;                            ///< asked before each block
  std::function<void(std::int64_t replicates)> advance;  ///< told after each block
  Stages* stages = nullptr;                              ///< of which fold_replicates() is one; may be null
};

/// How many blocks a stretch has; the last may be short.
inline std::int64_t blocks_of(Stretch const& stretch) {
  return (stretch.last - stretch.first + sim::block_size - 1) / sim::block_size;
}

/// Draws and fits each replicate of some blocks of a stretch, shows it to all probes, and adds what they keep to
/// `fold`, which is of the whole stretch: the same bits for every number of threads and however the blocks are shared
/// out.
/// @throws sim::Interrupted when told to stop; the fold then holds the blocks that are done.
void fold_blocks(claims::Scenario const& scenario, std::vector<claims::Probe const*> const& probes,
                 Stretch const& stretch, BlockRanges const& blocks, Execution const& execution, BlockFold& fold);

/// The same of all blocks, merged into `tallies` (one a probe), behind what they hold.
/// @throws sim::Interrupted when told to stop; the tallies are then as they were.
void fold_replicates(claims::Scenario const& scenario, std::vector<claims::Probe const*> const& probes,
                     Stretch const& stretch, Execution const& execution, std::vector<sim::Tally*> const& tallies);

/// What the probes write down of the eight replicates from `first` (a multiple of eight) on, as a run does.
std::vector<sim::Observed> observe_batch(claims::Scenario const& scenario,
                                         std::vector<claims::Probe const*> const& probes, std::uint64_t seed,
                                         std::int64_t first);

}  // namespace fisherlab::runs
