#pragma once

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// Maximum likelihood with the standard deviation of the estimates of `count` resamples (divisor count - 1) as its
/// standard errors: observations drawn with replacement.
/// @throws InputError unless count is a whole number.
FISHERLAB_API AnyEstimator make_bootstrap(sim::AnyModel model, double count);

/// The same with samples drawn from the fitted model.
FISHERLAB_API AnyEstimator make_parametric_bootstrap(sim::AnyModel model, double count);

}  // namespace fisherlab::estimators
