#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/controlled_grid.hpp"

namespace fisherlab::claims {

/// A moment of the standardised errors w = sqrt(n) W (t - g) of an estimate t.
enum class ErrorMoment {
  bias,        ///< sqrt(n) E w
  covariance,  ///< iso_vech of Cov w
  mean_square  ///< iso_vech of E w w'
};

/// Which errors, and which moment of them.
struct ErrorStatistic {
  ErrorMoment moment = ErrorMoment::covariance;
  estimators::AnyEstimator estimator;
  std::vector<double> centre;                ///< g, one a component of the estimate
  LaneMatrix whitening;                      ///< W, square
  std::vector<std::size_t> components = {};  ///< those that count; all unless set. W is of their order
};

/// The errors of t itself against its target, whitened by its bound.
ErrorStatistic whitened_errors(Law const& law, estimators::AnyEstimator const& estimator, ErrorMoment moment);

/// What is folded for it: w and iso_vech(w w').
ControlledStatistic controlled(ErrorStatistic statistic);

/// The moment at every size of a case.
ControlledGrid error_grid(Case const& the_case, Sampled& question, ErrorStatistic statistic);

/// The largest relative error of a covariance against 1, over all directions.
Interval largest_error(EstimatedMoment const& moment, double alpha);
/// A direction, whitened, with the variance that is claimed along it.
struct ClaimedDirection {
  Eigen::VectorXd whitened;
  double claimed = 0;
};
/// The largest |w' M w/claimed - 1| over given directions, each at its share of alpha.
Interval largest_error_along(std::vector<ClaimedDirection> const& directions, EstimatedMoment const& moment,
                             double alpha);
/// tr(M)/order of a second moment M.
Interval mean_of_diagonal(EstimatedMoment const& moment, double alpha);
/// |b - claimed| of a bias b.
Interval distance_of_bias(std::vector<double> const& claimed, EstimatedMoment const& moment, double alpha);

}  // namespace fisherlab::claims
