#pragma once

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// The rivals of maximum likelihood. Each needs what its name says from the model: a mean, a median, a formula by
/// moments, a best unbiased estimate.
AnyEstimator make_sample_mean(sim::AnyModel model);
AnyEstimator make_shrunk_mean(sim::AnyModel model);
AnyEstimator make_sample_median(sim::AnyModel model);
AnyEstimator make_moments(sim::AnyModel model);
AnyEstimator make_best_unbiased(sim::AnyModel model);

}  // namespace fisherlab::estimators
