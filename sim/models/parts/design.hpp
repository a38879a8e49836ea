#pragma once

#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Log density of the design of the regression models, x ~ N(0, 1), random and known. It carries no parameter; it is
/// part of the log density so that that is one of observations (x, y).
template <class Real>
Real log_design(Real const& x) {
  return -0.5 * x * x - 0.5 * log_two_pi;
}

}  // namespace fisherlab::sim
