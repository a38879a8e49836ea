#pragma once

#include <span>
#include <string>
#include <vector>

#include "findings/calibration.hpp"
#include "findings/finding.hpp"
#include "findings/performance.hpp"

namespace fisherlab::reports {

/// A picture to be drawn, with what stands under it and what is read out in its place.
struct Figure {
  std::string script;       ///< for gnuplot
  std::string title;        ///< above the picture
  std::string caption;      ///< says what to see
  std::string alternative;  ///< the numbers of the picture in words
  std::string model;        ///< empty when it shows several
};

/// Estimate and interval of a claim's findings against their regions, in units of the margin: the target is 0, the
/// edges of the region are -1 and 1. At most 24 findings, those that failed or are open first, then those whose
/// interval lies nearest to an edge. Findings with a margin of 0 have no such unit and are left out.
std::vector<Figure> region_figures(std::span<Finding const* const> findings);

/// Discrepancy against n on log-log axes with the fitted rate, one picture for each model and statistic of the claim.
std::vector<Figure> convergence_figures(std::span<ConvergenceRow const* const> rows);

/// Efficiency of every estimator of a scenario against the Cramer-Rao bound.
std::vector<Figure> efficiency_figures(std::span<PerformanceRow const* const> rows);

/// Coverage of the Wald intervals of a scenario against n, with bands of two Monte Carlo standard errors.
std::vector<Figure> coverage_figures(std::span<PerformanceRow const* const> rows);

/// Share of runs that refute a planted defect against its size, one picture for each claim and kind of defect.
std::vector<Figure> power_figures(std::span<CalibrationRow const> rows);

}  // namespace fisherlab::reports
