#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fisherlab::reports {

struct PlotRange {
  double from = 0;
  double to = 1;
};

/// A line through points (x, y).
struct Line {
  std::string label;
  std::vector<std::pair<double, double>> points;
};

/// Lines on linear axes with what the theory says under them; the first three have colours and dashes of their own.
struct LinePlot {
  std::string x_axis;
  std::string y_axis;
  PlotRange x;
  PlotRange y;
  std::string theory;        ///< a function of x, as gnuplot writes it
  std::string theory_label;  ///< in the key
  std::vector<Line> lines;
};

/// The gnuplot script of lines.
std::string line_script(LinePlot const& plot);

/// One interval of a zip plot.
struct ZipLine {
  double lower = 0;
  double upper = 0;
  bool holds = true;
};

/// The intervals of one kind, from the one that is nearest to the truth to the one farthest away.
struct ZipPanel {
  std::string label;
  std::vector<ZipLine> lines;
};

/// Panels one above the other on a common scale; lines are cut at its ends.
/// Source: Morris, White and Crowther (2019), Statistics in Medicine 38, 2074-2102, figure 6.
struct ZipPlot {
  std::string axis;
  PlotRange x;
  double truth = 0;
  double level = 0.95;
  std::vector<ZipPanel> panels;
};

/// The gnuplot script of a zip plot.
std::string zip_script(ZipPlot const& plot);

}  // namespace fisherlab::reports
