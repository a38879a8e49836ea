#pragma once

#include <cstddef>
#include <vector>

#include "runs/pending.hpp"

namespace fisherlab::runs {

/// A piece of an experiment, or an experiment that is one piece.
struct ExperimentUnit {
  static constexpr int whole = -1;

  std::size_t question = 0;  ///< by its place; of questions that share their pieces the first, which keeps them
  int piece = whole;
};

using ExperimentWork = std::vector<ExperimentUnit>;

/// All units of all experiments.
ExperimentWork experiment_work(std::vector<Pending> const& pending);
/// Those that are not done.
ExperimentWork open_experiments(std::vector<Pending> const& pending);

/// Whether there is such a unit.
bool exists(ExperimentUnit const& unit, std::vector<Pending> const& pending);
bool is_done(ExperimentUnit const& unit, std::vector<Pending> const& pending);

/// Questions that share the pieces which question `first` keeps: the place after the last of them.
std::size_t end_of_shared(std::vector<Pending> const& pending, std::size_t first);

}  // namespace fisherlab::runs
