#pragma once

#include <span>
#include <vector>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::sim {

/// An observation's coordinate at a point of the bounded variable u, and its slope in u.
struct CoordinateNode {
  double x;
  double slope;
};

/// One coordinate of an observation as a function of u in [-reach, reach] (quadrature/expectation.hpp). Counts are not
/// functions of u.
struct Coordinate {
  int index = 0;  ///< which coordinate of the observation
  Range range = Range::line;
  double centre = 0;
  double width = 1;
  double lower = 0;  ///< end of a positive range

  double reach() const;
  CoordinateNode at(double u) const;
};

/// The coordinates of a law, the outermost first: counts before the others, because sums over counts are found complete
/// only where the law of the counts stands alone.
std::vector<Coordinate> coordinates_of(BatchModel const& law, std::span<double const> theta);

}  // namespace fisherlab::sim
