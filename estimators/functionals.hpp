#pragma once

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// Estimators of one property of the law: its mean, variance, median, a quantile or a tail P(X > c). Each needs what
/// its name says from the model.
AnyEstimator make_sample_mean(sim::AnyModel model);
AnyEstimator make_shrunk_mean(sim::AnyModel model);
AnyEstimator make_ridge(sim::AnyModel model, double penalty);
/// The sample mean where it lies beyond n^-1/4, else 0: below the bound at mean 0, and far above it nearby.
AnyEstimator make_hodges(sim::AnyModel model);
AnyEstimator make_sample_median(sim::AnyModel model);
AnyEstimator make_sample_variance(sim::AnyModel model);
/// `share`: cut at each end, 0 <= share < 1/2; floor(share n) observations go on each side.
AnyEstimator make_trimmed_mean(sim::AnyModel model, double share);
AnyEstimator make_share_above(sim::AnyModel model, double threshold);
AnyEstimator make_best_unbiased_quantile(sim::AnyModel model, double probability);
AnyEstimator make_best_unbiased_tail(sim::AnyModel model, double threshold);

}  // namespace fisherlab::estimators
