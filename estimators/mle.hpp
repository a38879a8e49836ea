#pragma once

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// Maximum likelihood: the model's own fit where it has one, else `maximise` from the model's starting values.
/// Standard errors come from the expected information at the estimate.
FISHERLAB_API AnyEstimator make_mle(sim::AnyModel model);

/// The maximum likelihood estimate of eight samples: theta (p Lanes) and the lanes in which it exists.
FISHERLAB_API sim::LaneSet fit(sim::BatchModel const& model, sim::Sample const& sample, sim::Lanes* theta);

}  // namespace fisherlab::estimators
