#pragma once

#include <optional>
#include <vector>

#include "runs/diagnosis/goodness.hpp"

namespace fisherlab::runs {

/// Rank correlation of neighbours, nearly N(-1/n, 1/n) under independence; nothing where the rows are sorted, constant
/// or fewer than ten. Of more than a million rows the first million are looked at.
std::optional<GoodnessTest> dependence_of_neighbours(std::vector<double> const& rows);

}  // namespace fisherlab::runs
