#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "claims/probe.hpp"

namespace fisherlab::runs {

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
};

/// Draws, fits and shows each replicate to all probes, and merges what they keep into `tallies` (one a probe), in the
/// order of the replicates: the same bits for every number of threads.
/// @throws sim::Interrupted when told to stop; the tallies then hold a part and must not be used.
void fold_replicates(claims::Scenario const& scenario, std::vector<claims::Probe const*> const& probes,
                     Stretch const& stretch, Execution const& execution, std::vector<sim::Tally*> const& tallies);

/// What the probes write down of the eight replicates from `first` (a multiple of eight) on, as a run does.
std::vector<sim::Observed> observe_batch(claims::Scenario const& scenario,
                                         std::vector<claims::Probe const*> const& probes, std::uint64_t seed,
                                         std::int64_t first);

}  // namespace fisherlab::runs
