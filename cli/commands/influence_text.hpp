#pragma once

#include <string>
#include <vector>

#include "cli/commands/influence_run.hpp"

namespace fisherlab::cli {

/// Which training rows the tables name.
struct NamedRows {
  std::vector<int> harmful, helpful, suspects;

  /// All of them, each once, in rising order.
  std::vector<int> all() const;
};
NamedRows named_rows(InfluenceRun const& run);

/// What was read and fitted: rows, columns, model, parameters, gradient norm, smallest eigenvalue, convention, solver.
std::string fit_text(InfluenceInput const& input, InfluenceRun const& run);

/// The most harmful and the most helpful rows, suspected mislabels, groups, and how predictions met the refits; no
/// clock in it. `width`: of the terminal.
std::string influence_text(InfluenceInput const& input, InfluenceRun const& run, int width);

}  // namespace fisherlab::cli
