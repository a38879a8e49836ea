#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/page/law_plots.hpp"
#include "reports/page/pictures/grid/factors.hpp"
#include "reports/page/plots.hpp"

namespace fisherlab::reports {

/// A measure of one method at each scenario of a grid; NaN where it has none.
struct LoopCurve {
  std::string label;
  std::vector<double> values;
  Ink ink = Ink::blue;
};

/// All scenarios of a factorial study side by side, a step line for each method, and below them a step line for each
/// factor, the one that changes slowest on top.
/// Source: Rücker and Schwarzer (2014), BMC Medical Research Methodology 14, 129.
struct NestedLoopPlot {
  std::string y_axis;
  std::optional<double> reference;
  PlotRange y;  ///< of the measure
  std::vector<LoopCurve> curves;
};

/// The gnuplot script of a nested-loop plot.
std::string nested_loop_script(NestedLoopPlot const& plot, FactorialGrid const& grid);

}  // namespace fisherlab::reports
