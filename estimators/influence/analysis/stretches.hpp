#pragma once

#include <vector>

#include "estimators/influence/analysis/analysis.hpp"

namespace fisherlab::estimators::influence {

/// What analyse_removals() says of rows and targets, where the changes of all rows would be a table too large: the rows
/// are gone through in stretches, of each its effects are noted, and then the changes of those that matter are found.
/// Where a system is not solved, only the solutions are there.
void look_in_stretches(Analysis& analysis, std::vector<Target>& targets, InverseHessian const& inverse, int threads);

}  // namespace fisherlab::estimators::influence
