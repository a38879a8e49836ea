#pragma once

#include <functional>
#include <memory>
#include <string>

#include "runs/ranks/rank_run.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {

/// Ends a run for all ranks, whatever has happened to the one that leads.
struct EndOfRanks {
  void operator()(runs::Ranks* ranks) const;
};
using LedRanks = std::unique_ptr<runs::Ranks, EndOfRanks>;

/// What all ranks must have alike: the facts that decide the bytes of the run.
std::string identity_of(runs::Study const& study);

/// Threads of each rank: as asked for, else the cores that it may use, shared out among the ranks of the machine.
int threads_on(runs::Ranks const& ranks, int asked);

/// The part of a rank that does not lead: it does what it is asked to, and says nothing. Gives its exit code.
int follow(runs::Ranks& ranks, std::function<runs::Study()> const& read);

}  // namespace fisherlab::cli
