#pragma once

#include <Eigen/Core>

#include "claims/evidence/matrix.hpp"
#include "claims/evidence/mean.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::claims {

/// Components [first, first + size) of the mean vector of a tally.
Eigen::VectorXd mean_of(sim::Tally const& tally, int first, int size);

/// The covariance block of components [first, first + size).
Eigen::MatrixXd covariance_of(sim::Tally const& tally, int first, int size);

/// Mean, variance and count of one component.
SampleMoments sample_moments(sim::Tally const& tally, int component);

/// A symmetric p x p matrix whose iso_vech was folded from component `first` on, as an estimate.
MatrixEstimate matrix_of(sim::Tally const& tally, int first, int p);

/// The covariance matrix of w, from y = (w, iso_vech(w w')) folded from component `first` on.
MatrixEstimate covariance_estimate(sim::Tally const& tally, int first, int p);

}  // namespace fisherlab::claims
