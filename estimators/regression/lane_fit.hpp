#pragma once

#include <vector>

#include "base/api.hpp"
#include "estimators/regression/design.hpp"
#include "estimators/regression/family.hpp"

namespace fisherlab::estimators {

/// A point of the search for eight samples side by side: gamma of the design, and the log of the size of a negative
/// binomial law.
struct LanePoint {
  std::vector<sim::Lanes> gamma;
  sim::Lanes log_size = 0.0;
};

/// Keeps c'gamma at a value; the point from which a search starts must have it.
struct LaneConstraint {
  Eigen::VectorXd c;
};

/// The maximum likelihood estimates of eight samples.
struct LaneFit {
  LanePoint point;
  sim::Lanes log_likelihood = 0.0;  ///< without what depends on y alone, but for the negative binomial law
  sim::LaneSet found = 0;
};

/// Maximises sum_i w_i l(y_i, eta_i) of a logistic, Poisson or negative binomial regression, under a constraint if one
/// is given, by Newton steps that are halved until the likelihood does not fall. A search has ended where a step, whose
/// length is that of the change of sqrt(w) eta, is below 1e-7. Where the likelihood has no maximum (separation), steps
/// stay long while the likelihood hardly rises: not found. The size of a negative binomial law goes along; where it
/// passes 1e7 times the mean, the law is Poisson's to rounding and the size stays there: that is an estimate.
/// `y`: rows() values.
FISHERLAB_API LaneFit fit_lanes(Family family, RegressionDesign const& design, sim::Lanes const* y,
                                LanePoint const& start, LaneConstraint const* constraint = nullptr);

/// The log of the size at which a negative binomial law is taken for Poisson's.
FISHERLAB_API sim::Lanes largest_log_size(RegressionDesign const& design, sim::Lanes const* y);

/// What standard errors and residuals need of each row at a point.
struct LaneRows {
  std::vector<sim::Lanes> eta;
  std::vector<sim::Lanes> mean;
  std::vector<sim::Lanes> score;     ///< w_i dl/d eta
  std::vector<sim::Lanes> expected;  ///< w_i times the expected weight
};
FISHERLAB_API LaneRows rows_at(Family family, RegressionDesign const& design, sim::Lanes const* y,
                               LanePoint const& point);

/// The Cholesky factor, packed, of Z' diag(v) Z.
FISHERLAB_API std::vector<sim::Lanes> lane_factor(RegressionDesign const& design, std::vector<sim::Lanes> const& v);

}  // namespace fisherlab::estimators
