#pragma once

#include <vector>

#include "findings/finding.hpp"
#include "findings/performance.hpp"
#include "reports/tables/columns.hpp"
#include "reports/tables/influence_summary.hpp"

namespace fisherlab::reports {

/// The columns of each table of records.
std::vector<Column<Finding>> columns_of(Finding const*);
std::vector<Column<PerformanceRow>> columns_of(PerformanceRow const*);
std::vector<Column<ConvergenceRow>> columns_of(ConvergenceRow const*);
std::vector<Column<InfluenceSummary>> columns_of(InfluenceSummary const*);

}  // namespace fisherlab::reports
