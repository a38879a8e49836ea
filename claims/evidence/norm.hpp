#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "base/statistics/interval.hpp"

namespace fisherlab::claims {

/// Interval for the Euclidean norm |m| of a mean vector that is already on its own scale (whitened by a known matrix).
/// `mean` (p), `covariance` (p x p, divisor R - 1) of ONE replicate, `count`: R. With c = hotelling_critical(p, R,
/// alpha), on one event of probability 1 - alpha |u'(m_hat - m)| <= c sqrt(u' V u / R) for every u; hence
///   lower = |m_hat| - c se_u with u = m_hat/|m_hat|, not below 0, since |m| >= u'm;
///   upper = |m_hat| + c sqrt(lambda_max(V)/R), since |m| <= |m_hat| + |m - m_hat|.
/// Unlike the Mahalanobis distance it needs no inverse of V, so it also judges a statistic that never varies.
/// Exact level for normal data, else asymptotic.
/// @throws InputError when the shapes disagree or alpha is outside (0, 1).
/// Source: Hotelling (1931), the simultaneous intervals; the two bounds are derived here.
Interval mean_norm(Eigen::VectorXd const& mean, Eigen::MatrixXd const& covariance, std::int64_t count, double alpha);

}  // namespace fisherlab::claims
