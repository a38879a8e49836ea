#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/page/law_plots.hpp"
#include "reports/page/pictures/marked_points.hpp"
#include "reports/page/plots.hpp"

namespace fisherlab::reports {

/// A bar from one x to another.
struct PlotBar {
  double from = 0, to = 0, height = 0;
};

/// Bars with a line, or with points, over them.
struct BarPlot {
  std::string x_axis, y_axis, bars_label;
  std::vector<PlotBar> bars;
  Line over;                ///< the law that the bars should follow
  bool has_points = false;  ///< points in place of a line: a law of counts
  double y_to = 0;          ///< end of the vertical axis, so that pictures side by side share it; 0 where it is free

  /// The tallest bar or point.
  double highest() const;
};
std::string bar_script(BarPlot const& plot);

/// A point of a plot of quantiles, with the band in which it is expected.
struct QuantileMark {
  double expected = 0, observed = 0, lower = 0, upper = 0;
};
/// Observed against expected quantiles, with the line on which they are equal and the band.
std::string quantile_script(std::string const& x_axis, std::string const& y_axis,
                            std::vector<QuantileMark> const& marks);

/// Survival functions at one value, with the band in which that of the data is expected.
struct SurvivalMark {
  double x = 0, data = 0, law = 0, lower = 0, upper = 0;
};
struct SurvivalPlot {
  std::string law;       ///< in the key
  std::string estimate;  ///< "Kaplan-Meier"
  std::vector<SurvivalMark> marks;
};
std::string survival_script(SurvivalPlot const& plot);

/// Points over a line at 0, of which the first have their names beside them.
std::string residual_script(MarkedPlot const& plot);

/// A profile likelihood-ratio statistic over a parameter, and under it the intervals.
struct ProfilePlot {
  std::string x_axis;
  Line statistic;
  double cut_off = 0;             ///< chi-squared's
  std::vector<IntervalRow> rows;  ///< the recommended one in another colour
};
std::string profile_script(ProfilePlot const& plot);

}  // namespace fisherlab::reports
