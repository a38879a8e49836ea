#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <utility>
#include <vector>

#include "runs/calibration/features.hpp"

namespace fisherlab::runs {

/// A tilt: coefficients of the features of each scenario, one after the other.
using Tilt = Eigen::VectorXd;

/// The laws of the stored draws of some scenarios, and what tilts make of them: exp(c'phi(y)) times each.
struct TiltedLaws {
  std::vector<Features> features;     ///< of each scenario
  std::vector<Eigen::Index> offsets;  ///< where its coefficients begin
  Eigen::Index size = 0;              ///< of a tilt
  Eigen::Index linear = 0;            ///< coefficients of linear features

  explicit TiltedLaws(std::vector<Features> of_scenarios);

  /// The coefficients of one scenario.
  Eigen::VectorXd part(Tilt const& tilt, std::size_t scenario) const;
  /// The tilted probabilities of one scenario and the log of their normalising sum.
  std::pair<std::vector<double>, double> tilted(Tilt const& tilt, std::size_t scenario) const;
  /// Of c'phi(y), over all scenarios, with equally likely draws.
  double variance_of(Tilt const& tilt) const;
  /// Of the tilted laws from those of the draws, over all scenarios: the chance that R draws look like the tilted law
  /// is exp(-R times that), to first order.
  double relative_entropy(Tilt const& tilt) const;
};

}  // namespace fisherlab::runs
