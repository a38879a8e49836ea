#pragma once

#include <string>
#include <vector>

#include "runs/ranks/ranks.hpp"
#include "runs/run.hpp"

namespace fisherlab::runs {

/// Carries out a run on all ranks; this one leads. It deals out the blocks of each look that are not folded, and the
/// experiments, as shards are (runs/blocks/shares.hpp), does its own share, takes in what the others have done as they
/// save it, folds, judges, and saves the state. The result has the bytes of run() for any number of ranks. A rank that
/// fails, meets its deadline or is told to stop ends the work of all: the state holds what had arrived.
/// @param identity  what decides the bytes of the run; a rank that has another is said to have failed
/// @throws InputError as run()
RunResult lead_run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks,
                   std::string const& identity, Ranks& ranks);

/// Does the share of this rank, look by look, until the leader ends the run.
/// @param hooks  of them `stop` and `elapsed_seconds`
void follow_run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks,
                std::string const& identity, Ranks& ranks);

/// Tells the leader that this rank cannot take part, and waits for the end of the run.
void fail_to_follow(std::string const& why, Ranks& ranks);

/// Tells all other ranks to end: to be called by the leader whatever has happened.
void end_ranks(Ranks& ranks);

}  // namespace fisherlab::runs
