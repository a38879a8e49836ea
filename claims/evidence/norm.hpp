#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "base/statistics/interval.hpp"
#include "claims/evidence/directions.hpp"

namespace fisherlab::claims {

/// The mean of `count` vectors of p numbers, one a replicate; `covariance` (p x p, divisor R - 1) of ONE of them.
struct MeanEstimate {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
  std::int64_t count = 0;
  Directions directions = {};
};

/// Interval for the Euclidean norm |m| of a mean vector that is already on its own scale (whitened by a known matrix).
/// On one event of probability 1 - alpha u'(m_hat - m) lies within the reach of direction u for every u: that of
/// `far_reach` at c, c^2 the quantile of chi^2_p, for the statistic of the empirical likelihood of a vector is the
/// supremum of those of its projections. Hence
///   lower = |m_hat| - down(u) with u = m_hat/|m_hat|, not below 0, since |m| >= u'm;
///   upper = |m_hat| + the widest reach, since |m| <= |m_hat| + |m - m_hat|.
/// Where the moments along directions were not kept, reaches are c sqrt(u'V u/R) with Hotelling's c: exact for normal
/// data, else asymptotic. Unlike the Mahalanobis distance it needs no inverse of V.
/// @throws InputError when the shapes disagree or alpha is outside (0, 1).
/// Source: Scheffe (1953), simultaneous bounds; Owen (1990), Ann. Statist. 18, 90-120; the two bounds are derived here.
Interval mean_norm(MeanEstimate const& estimate, double alpha);
Interval mean_norm(Eigen::VectorXd const& mean, Eigen::MatrixXd const& covariance, std::int64_t count, double alpha);

}  // namespace fisherlab::claims
