#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fisherlab::reports {

/// A point that has a name, such as the number of its row.
struct MarkedPoint {
  double x = 0;
  double y = 0;
  std::string name;
};

/// Points of which the highest have their names beside them.
struct MarkedPlot {
  std::string x_axis;
  std::string y_axis;
  std::vector<MarkedPoint> points;
  std::size_t named = 6;  ///< how many have their names
};

/// The names of the first points as gnuplot's labels, each to the right of its point, or to the left, above or below
/// where another name stands there; nowhere where all four are taken.
std::string point_names(std::vector<MarkedPoint> const& points, std::size_t most);

/// The gnuplot script of marked points; those that are not finite are left out.
std::string marked_script(MarkedPlot plot);

}  // namespace fisherlab::reports
