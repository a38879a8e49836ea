#pragma once

#include <cstddef>
#include <functional>
#include <random>
#include <vector>

#include "testing/axis.hpp"

namespace fisherlab::laws {

/// The law of one coordinate given those before it, from a source other than the model that is tested.
struct Coordinate {
  Axis axis;  ///< where it lies
  /// P(X_d <= x_d | x_0 ... x_{d-1}), of a whole observation x.
  std::function<double(double const* x)> cdf;
  /// P(X_d < x_d | x_0 ... x_{d-1}); empty for a continuous law.
  std::function<double(double const* x)> below;
};

/// The law of an observation by its conditional laws.
struct ReferenceLaw {
  std::vector<Coordinate> coordinates;  ///< as many as the model's dimension
  bool independent = true;              ///< whether the observations of a sample are independent
};

/// The quartiles of a law, from which its axis has centre and width.
struct Quartiles {
  double low;     ///< at 1/4
  double median;  ///< at 1/2
  double high;    ///< at 3/4
};

/// A continuous coordinate: number d of the observation, on the line or the positive half-line.
/// @param cdf  its distribution function at x_d, whatever the other coordinates are
Coordinate continuous(Axis::Kind kind, Quartiles const& quartiles, std::function<double(double)> cdf,
                      std::size_t d = 0);

/// All points of a grid over the axes (points_of each): nine to the power of the dimension.
std::vector<std::vector<double>> grid_of(ReferenceLaw const& law);

/// Rosenblatt's transform: u_d = F(x_d | x_0 ... x_{d-1}), spread evenly over its jump where the law has one. If the
/// law is right, the u are independent and uniform on (0, 1).
/// Source: Rosenblatt (1952), Ann. Math. Statist. 23, 470-472.
std::vector<double> to_uniform(ReferenceLaw const& law, std::vector<double> const& x, std::mt19937_64& bits);

}  // namespace fisherlab::laws
