#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "claims/experiment.hpp"

namespace fisherlab::claims {

/// What rows of an experiment came to, in their order: a row is one repetition, or one test row, of those that an
/// experiment does in the same way.
using RowResults = std::vector<std::vector<double>>;

/// An experiment of rows that may be done apart from each other, on other machines and in other orders.
struct RowExperiment {
  int count = 0;  ///< of rows
  /// Makes what the rows share (a split of the data, a trained network) from the seed, and gives what does one row;
  /// that may be empty, where the seed has no such row. @throws InputError where there is none, as the work itself may.
  std::function<std::function<std::vector<double>(int row)>(std::uint64_t seed)> begin;
  /// Whether a row could have come to this.
  std::function<bool(int row, std::vector<double> const& numbers)> fits;
  /// What all rows say.
  std::function<ExperimentResult(ExperimentRun const& run, RowResults const& rows)> judge;
};

/// Makes the question's experiment, a piece for each row. The first row without an outcome is the result's failure.
void set_row_experiment(DataCase const& the_case, Experiment& question, RowExperiment experiment);

}  // namespace fisherlab::claims
