#pragma once

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// The rivals of maximum likelihood that estimate the whole of theta. Each needs what its name says from the model.
AnyEstimator make_moments(sim::AnyModel model);
AnyEstimator make_best_unbiased(sim::AnyModel model);

/// One step of Fisher scoring, theta_0 + I(theta_0)^-1 S(theta_0)/n, from the estimate by moments or else the model's
/// first starting value: efficient in the limit when theta_0 is within the order of 1/sqrt(n) of theta. Found where the
/// start exists and the step ends inside the parameter space.
/// Source: van der Vaart (1998), Asymptotic Statistics, section 5.7.
AnyEstimator make_one_step(sim::AnyModel model);

/// The maximum likelihood estimate less its bias of the order 1/n at the estimate, b(theta_hat)/n; the standard errors
/// are those of maximum likelihood. Found where the corrected value lies inside the parameter space.
/// Source: Cox and Snell (1968), J. R. Statist. Soc. B 30, 248-275.
AnyEstimator make_bias_corrected(sim::AnyModel model);

}  // namespace fisherlab::estimators
