#pragma once

#include <span>
#include <vector>

#include "findings/performance.hpp"
#include "reports/page/figures.hpp"

namespace fisherlab::reports {

/// Nested-loop plots of a study over two factors or more: coverage, bias over standard error, and the error of the
/// standard error that fits report, a picture for each component on a scale that all components share; none for a
/// smaller study. `level`: of the intervals.
std::vector<Figure> nested_loop_figures(std::span<PerformanceRow const* const> rows, double level);

/// Forest plot: the bias of each method at each scenario with its 95 % Monte Carlo interval, a picture a component.
std::vector<Figure> forest_figures(std::span<PerformanceRow const* const> rows);

/// Bias against the standard deviation of the estimates, a point for each scenario and method, a picture a component.
std::vector<Figure> bias_against_se_figures(std::span<PerformanceRow const* const> rows);

/// Funnel: where 95 % of the estimates would lie at each n were they normal, against the same by the Cramer-Rao bound;
/// a picture for each component of a scenario that has two n or more.
std::vector<Figure> funnel_figures(std::span<PerformanceRow const* const> rows);

}  // namespace fisherlab::reports
