#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "claims/instruments/probes/controlled_grid.hpp"
#include "findings/performance.hpp"

namespace fisherlab::claims {

/// Score controls for a study of estimators of a law.
/// @throws InputError with the reason where the law has none.
SharedControls score_controls(Law const& law);

/// Bias and empirical standard error of an estimator by the same replicates, adjusted by score controls. What the score
/// explains of an error costs no replicates: their Monte Carlo errors fall by a power of n for maximum likelihood, and
/// hardly for an estimate that has little to do with the score.
class ControlledPerformance {
 public:
  ControlledPerformance(Law const& law, estimators::AnyEstimator const& estimator, SharedControls controls);

  /// Two, one for each half of the replicates.
  std::array<Probe, 2> probes() const;
  /// Writes the adjusted measures into the rows of the estimator, one a component; nothing where a half has too few
  /// replicates for its controls. An error below that of the quadrature, 1e-8 of the truth's standard error, is told
  /// as that.
  void add_to(std::vector<PerformanceRow>& rows, std::int64_t n, sim::Tally const& first,
              sim::Tally const& second) const;

 private:
  ControlledStatistic bias_, covariance_;
  std::vector<double> bounds_;  ///< of the variance of each component, for n = 1
  SharedControls controls_;
};

}  // namespace fisherlab::claims
