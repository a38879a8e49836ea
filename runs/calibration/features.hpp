#pragma once

#include <Eigen/Core>
#include <vector>

#include "runs/calibration/stored_draws.hpp"

namespace fisherlab::runs {

/// What a tilt may use of each draw: F numbers of mean 0 and variance 1.
struct Features {
  Eigen::MatrixXd values;   ///< F x draws; 0 where a fit failed
  Eigen::Index linear = 0;  ///< the first of them: linear in the noted numbers
  std::vector<double> law;  ///< probability of each draw
};

/// The noted numbers of a scenario, whitened, without those that others determine; equally likely draws.
Features linear_features(StoredScenario const& scenario);

/// The same with squares and products after them, where there are at most five; of a single one the third and fourth
/// power too.
Features with_products(Features const& linear);

}  // namespace fisherlab::runs
