#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/joint_moments.hpp"

namespace fisherlab::claims {

/// Folds v = I^-1/2 S/sqrt(n), the whitened sum of scores (p), and iso_vech(v v') (q). Under the theory v has mean 0
/// and covariance 1 at every n. `degree` of the joint moments of v: 8 for its covariance, 4 for its mean alone.
Probe score_probe(Law const& law, std::size_t scenario, int degree = 8);

/// A matrix of each observation at theta: s s', -H, or their difference s s' + H.
enum class OfScore { outer, minus_hessian, difference };

/// A probe that folds a matrix, and how its moments are kept.
struct MatrixProbe {
  Probe probe;
  JointMoments kept;
};

/// Folds iso_vech of the whitened mean of such a matrix over the n observations (q). Under the theory its mean is 1, of
/// the difference 0.
MatrixProbe mean_matrix_probe(Law const& law, std::size_t scenario, OfScore which);

/// Folds w = sqrt(n) B^-1/2 (t - g), the whitened error of an estimator (r), and iso_vech(w w'); B is the bound at
/// n = 1, so an estimator that attains it has covariance 1. Keeps the joint moments of w to
/// degree 8.
Probe error_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator estimator);
/// The same against another target than the estimator's own.
Probe error_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator estimator,
                  estimators::Target const& target);

/// Folds w = sqrt(n) W (t - centre) and iso_vech(w w') for a whitening W of the caller's own.
Probe whitened_error_probe(std::size_t scenario, estimators::AnyEstimator estimator, std::vector<double> const& centre,
                           LaneMatrix const& whitening);

/// The estimator that a case asks for, maximum likelihood where it names none.
estimators::AnyEstimator estimator_of(Case const& the_case);

}  // namespace fisherlab::claims
