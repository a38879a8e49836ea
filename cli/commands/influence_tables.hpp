#pragma once

#include <string>
#include <vector>

#include "runs/influence/influence_run.hpp"

namespace fisherlab::cli {

/// The tables that `fisherlab influence` prints. `rows`: training rows by their place; `width`: of the terminal.

/// What the removal of each of the rows does to the first target.
std::string effect_table(runs::InfluenceRun const& run, std::vector<int> const& rows, int width);

/// What makes the rows suspect: the fit, the loss and the self-influence of each.
std::string suspects_table(runs::InfluenceRun const& run, std::vector<int> const& rows, int width);

std::string group_table(runs::InfluenceRun const& run, int width);

/// Each kind of estimate against the refits.
std::string agreement_table(runs::InfluenceRun const& run, int width);

}  // namespace fisherlab::cli
