#pragma once

#include <Eigen/Core>

#include "claims/evidence/matrix.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/evidence/norm.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::claims {

/// Components [first, first + size) of the mean vector of a tally.
Eigen::VectorXd mean_of(sim::Tally const& tally, int first, int size);

/// The covariance block of components [first, first + size).
Eigen::MatrixXd covariance_of(sim::Tally const& tally, int first, int size);

/// The four below need joint moments: a block of the probe's `shape.powers` that holds the components, of degree 4, or
/// 8 for a covariance. They throw InputError where the probe keeps none. `by_law`: what the law of the
/// data says of the components.

/// Mean, variance, skewness, kurtosis and count of one component.
SampleMoments sample_moments(sim::Tally const& tally, int component);

/// The mean of components [first, first + size).
MeanEstimate mean_estimate(sim::Tally const& tally, int first, int size, ByLaw by_law = {});

/// A symmetric p x p matrix whose iso_vech was folded from component `first` on, as an estimate.
MatrixEstimate matrix_of(sim::Tally const& tally, int first, int p, ByLaw by_law = {});

/// The covariance matrix of w, from y = (w, iso_vech(w w')) folded from component `first` on. What one replicate
/// contributes along u is (u'(w - m))^2, whose four moments are those of even degree to 8 of u'(w - m).
MatrixEstimate covariance_estimate(sim::Tally const& tally, int first, int p, ByLaw by_law = {});

/// The same without moments of higher degree: for bars of pictures and tables of performance, at errors that are not
/// far.
MatrixEstimate plain_covariance_estimate(sim::Tally const& tally, int first, int p);

}  // namespace fisherlab::claims
