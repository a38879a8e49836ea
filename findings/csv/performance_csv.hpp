#pragma once

#include <span>
#include <string>

#include "findings/performance.hpp"

namespace fisherlab {

/// The bytes of `performance.csv`, one row for each component of each estimator; what is not defined is an empty cell.
std::string performance_csv(std::span<PerformanceRow const> rows);

/// The bytes of `convergence.csv`, one row for each n of each finding; a rate that was not fitted is an empty cell.
std::string convergence_csv(std::span<ConvergenceRow const> rows);

}  // namespace fisherlab
