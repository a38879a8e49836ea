#pragma once

#include <span>
#include <string>

#include "findings/performance.hpp"

namespace fisherlab::reports {

/// Performance rows as aligned text: a table for each model and parameters, in order of first appearance. Numbers are
/// rounded by their Monte Carlo standard error, which stands in brackets; what is not defined is "-".
std::string performance_table(std::span<PerformanceRow const> rows);

}  // namespace fisherlab::reports
