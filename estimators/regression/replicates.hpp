#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/api.hpp"
#include "estimators/regression/checks.hpp"
#include "estimators/regression/responses.hpp"

namespace fisherlab::estimators {

/// Eight replicates of one coefficient.
struct CoefficientLanes {
  sim::Lanes error = 0.0;                                ///< estimate minus truth
  sim::Lanes std_error = 0.0;                            ///< of the model
  std::array<sim::Lanes, sandwich_kinds> sandwich = {};  ///< HC0 to HC3
  sim::Lanes ratio = 0.0;  ///< twice the log likelihood ratio of the truth; NaN where it is not known
};

/// Eight samples drawn and fitted.
struct ReplicateLanes {
  sim::LaneSet found = 0;
  std::vector<CoefficientLanes> coefficients;
  std::vector<sim::Lanes> checks;
};

/// Eight samples drawn and fitted, with the standardised residuals of all rows.
struct ReplicateResiduals {
  sim::LaneSet found = 0;
  std::vector<sim::Lanes> standardised;
};

/// What is drawn and fitted again and again: a law of responses on a fixed design, whose linear predictors are those of
/// gamma, and a family that is fitted to them. Shared by threads, which only read it; the parts must outlive it.
struct RegressionReplicates {
  RegressionDesign const& design;
  ResponseLaw law;
  Family family = Family::linear;  ///< that is fitted
  LanePoint truth;                 ///< in all lanes
  std::vector<RegressionCheck> checks = {};

  /// The eight replicates from key.replicate on.
  FISHERLAB_API ReplicateLanes observe(sim::StreamKey const& key) const;
  /// The residuals of the same; null where none of the eight has an estimate.
  FISHERLAB_API std::optional<ReplicateResiduals> residuals(sim::StreamKey const& key) const;
};

}  // namespace fisherlab::estimators
