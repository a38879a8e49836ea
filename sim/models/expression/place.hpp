#pragma once

#include "sim/models/expression/inverse.hpp"

namespace fisherlab::sim {

/// Where densities lie, on the scale of y, one a lane: the highest point, and how far from there they fall by e^(-1/2).
struct DensityPlace {
  Lanes centre;
  Lanes width;
  LaneSet found;  ///< whether the density takes a number anywhere
};

/// Looks along a coarse grid over all magnitudes, then about the highest point. The lanes of `log_density` are laws.
DensityPlace place_of(ObservationScale const& scale, LogDensity const& log_density);

/// The log density of y; minus infinity where it is no number.
Lanes log_density_on(ObservationScale const& scale, LogDensity const& log_density, Lanes const& y);

/// y as a function of a bounded v, by its place: y = centre + width sinh v, on the line sinh(sinh v), on the circle v.
struct PlacedNodes {
  Lanes y;
  Lanes slope;  ///< dy/dv
};
PlacedNodes placed(ObservationScale const& scale, DensityPlace const& place, Lanes const& v);

}  // namespace fisherlab::sim
