#pragma once

#include "sim/models/expression/inverse.hpp"

namespace fisherlab::sim {

/// Where a density lies, on the scale of y: its highest point, and how far from there it falls by e^(-1/2).
struct DensityPlace {
  double centre = 0;
  double width = 1;
  bool found = false;  ///< whether the density takes a number anywhere
};

/// Looks along a coarse grid over all magnitudes, then about its highest point.
DensityPlace place_of(ObservationScale const& scale, LogDensity const& log_density);

/// The log density of y; minus infinity where it is no number.
Lanes log_density_on(ObservationScale const& scale, LogDensity const& log_density, Lanes const& y);

}  // namespace fisherlab::sim
