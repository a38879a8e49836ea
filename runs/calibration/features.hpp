#pragma once

#include <Eigen/Core>
#include <vector>

#include "runs/calibration/stored_draws.hpp"

namespace fisherlab::runs {

/// What a tilt may use of each draw: F numbers of mean 0 and variance 1. First the noted numbers
/// themselves, whitened, without those that others determine; then, of at most five, their squares and products; of a
/// single one its third and fourth power too.
struct Features {
  Eigen::MatrixXd values;   ///< F x draws; 0 where a fit failed
  Eigen::Index linear = 0;  ///< the first of them
  std::vector<double> law;  ///< probability of each draw
};

/// Those of the stored draws of a scenario, equally likely.
Features features_of(StoredScenario const& scenario);

}  // namespace fisherlab::runs
