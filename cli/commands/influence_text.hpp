#pragma once

#include <string>

#include "runs/influence/influence_run.hpp"

namespace fisherlab::cli {

/// What was read and fitted, the most harmful and the most helpful rows, suspected mislabels, groups, and how
/// predictions met the refits; no clock in it. `width`: of the terminal.
std::string influence_text(runs::InfluenceRun const& run, int width);

}  // namespace fisherlab::cli
