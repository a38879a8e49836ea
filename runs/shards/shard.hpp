#pragma once

#include <string>
#include <vector>

#include "runs/run.hpp"
#include "runs/shards/shard_state.hpp"

namespace fisherlab::runs {

/// Which part of a run is done in one place.
struct Shard {
  Share share;
  int look = 0;             ///< from 0
  std::string before = {};  ///< the state that the looks before were merged to; empty for the first look
};

/// That a shard can be done: for who must know before anything is written.
/// @throws InputError when `before` is no state at the end of the look before, or of other questions; when the look has
///   nothing to do.
void check_shard(std::vector<claims::Question> const& questions, RunSettings const& settings, Shard const& shard);

/// Does one part of a look: its share of the blocks and, in the first look, of the experiments. What it comes to is
/// given to `hooks.save`, at the end too; given back as `hooks.resumed` it goes on there. The deadline ends it.
/// @throws InputError as check_shard()
ShardResult run_shard(std::vector<claims::Question> const& questions, RunSettings const& settings,
                      RunHooks const& hooks, Shard const& shard);

/// A run after one more look.
struct MergedRun {
  RunResult result;   ///< of the run where `state` is empty; else what is decided so far, as of an interrupted run
  std::string state;  ///< empty, or from where the next look goes on: that of a single run between two looks
  int next_look = 0;  ///< that look, from 0
};

/// Folds all shards of a look and judges. With every look merged, the result has the bytes of run().
/// @param look    from 0
/// @param before  as in Shard
/// @throws InputError naming the shard that is not complete, holds what another has, or is of other questions.
MergedRun merge_shards(std::vector<claims::Question> const& questions, RunSettings const& settings,
                       RunHooks const& hooks, std::vector<ShardState> const& shards, int look,
                       std::string const& before);

}  // namespace fisherlab::runs
