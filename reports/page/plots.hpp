#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace fisherlab::reports {

/// The colours of pictures; CSS variables --c1 to --c13 of the page. Red is for what fails alone.
enum class Ink {
  text = 1,
  faint = 2,
  region = 3,
  blue = 4,
  orange = 5,
  green = 6,
  purple = 7,
  red = 8,
  grey = 9,
  indigo = 10,
  brown = 11,
  olive = 12,
  rose = 13
};

/// One row of a plot of intervals: its name stands above its interval.
struct IntervalRow {
  std::string label;
  double estimate = 0;
  double lower = 0;
  double upper = 0;
  std::optional<double> region_lower;  ///< where the pale band of the row begins; the edge of the plot when empty
  std::optional<double> region_upper;
  bool has_region = false;
  Ink ink = Ink::blue;
  int symbol = 7;           ///< gnuplot's point type: 5, 7, 9, 11 or 13
  std::string detail = {};  ///< follows the label; both are broken into lines where they are long
};

/// Intervals one above the other on a common scale; what lies outside [axis_from, axis_to] is drawn as an arrow at the
/// edge.
struct IntervalPlot {
  std::string axis;  ///< what the horizontal axis shows
  double axis_from = -1;
  double axis_to = 1;
  std::optional<double> reference;  ///< a vertical line
  std::vector<IntervalRow> rows;    ///< from top to bottom
};

/// The gnuplot script of a plot of intervals.
std::string interval_script(IntervalPlot const& plot);

struct CurvePoint {
  double x = 0;
  double y = 0;
  double lower = 0;
  double upper = 0;
};

struct Curve {
  std::string label;  ///< in the key; no key for an empty one
  std::vector<CurvePoint> points;
  std::optional<double> slope;  ///< on log-log axes: a dashed line of this slope through the middle of the points
  double dodge = 1;             ///< factor on x, so that curves with the same x stand side by side
  std::optional<Ink> ink = {};  ///< unless set, those of the curves in turn
  int symbol = 0;               ///< gnuplot's point type; 0: those of the curves in turn
};

/// The colour of the curve at a place among others.
Ink ink_of(Curve const& curve, std::size_t place);

/// Points with intervals over x, a curve each; the first six have colours and symbols of their own.
struct CurvePlot {
  std::string x_axis;
  std::string y_axis;
  bool log_y = false;
  std::optional<double> reference;  ///< a horizontal line
  std::optional<double> y_from;
  std::optional<double> y_to;
  std::vector<Curve> curves;
  std::vector<std::vector<std::pair<double, double>>> guides = {};  ///< dashed lines through (x, y), without a name
  bool joined = true;                                               ///< points of a curve are joined by a line
  bool log_x = true;                                                ///< else linear
};

/// Sets curves that share their x side by side, by a little of the width of the picture.
void stand_apart(std::vector<Curve>& curves);

/// The gnuplot script of curves. On a logarithmic y axis, an interval that reaches to 0 is drawn to the plot's lower
/// edge.
std::string curve_script(CurvePlot const& plot);

}  // namespace fisherlab::reports
