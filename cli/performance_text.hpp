#pragma once

#include <span>
#include <string>

#include "claims/performance.hpp"

namespace fisherlab::cli {

/// Performance rows for a terminal: reports::performance_table where it fits into `width` columns, else one block a
/// sample size with measures as rows.
std::string performance_text(std::span<claims::PerformanceRow const> rows, int width);

}  // namespace fisherlab::cli
