#pragma once

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// How far a neighbour lies: theta + scale h with h = length I^-1/2 e, e along the diagonal of whitened theta, so that
/// h'Ih = length^2.
struct Step {
  double length = 1;  ///< of h, in standard errors of one observation
  double scale = 1;   ///< 1/sqrt(n) for neighbours of a regular law
};

/// The law at theta + scale h.
/// @throws InputError where that leaves the space.
Law neighbour(Law const& law, Step const& step);

}  // namespace fisherlab::claims
