#pragma once

#include <span>
#include <string>

#include "findings/performance.hpp"

namespace fisherlab::reports {

/// Performance rows for a terminal: reports::performance_table where it fits into `width` columns, else one block a
/// sample size with measures as rows.
std::string performance_text(std::span<PerformanceRow const> rows, int width);

}  // namespace fisherlab::reports
