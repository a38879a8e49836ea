#pragma once

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// Maximum likelihood: the model's own fit where it has one, else `maximise` from the model's starting values.
/// Standard errors come from the expected information at the estimate.
FISHERLAB_API AnyEstimator make_mle(sim::AnyModel model);

/// The maximum likelihood estimates of eight samples.
struct Fit {
  sim::LaneSet found = 0;        ///< lanes in which the estimate exists
  sim::LaneSet several = 0;      ///< lanes in which starting values led to maxima of different height
  sim::Lanes evaluations = 0.0;  ///< of the log likelihood, from all starting values; 0 where the model has a fit
};

/// theta (p Lanes): the estimate. A model with several starting values is searched from each, and the highest maximum
/// is taken, in each lane on its own; heights count as different when they are more than 1e-6 apart.
FISHERLAB_API Fit fit(sim::BatchModel const& model, sim::Sample const& sample, sim::Lanes* theta);

}  // namespace fisherlab::estimators
