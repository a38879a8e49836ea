#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "base/statistics/interval.hpp"
#include "claims/evidence/directions.hpp"

namespace fisherlab::claims {

/// Coordinates of a symmetric p x p matrix: the lower triangle row by row, (0,0), (1,0), (1,1), (2,0), ..., with the
/// entries off the diagonal times sqrt(2), so that <A, B> = tr(A B) is the dot product of the coordinates. Size
/// q = p(p+1)/2. Only the lower triangle is read.
Eigen::VectorXd iso_vech(Eigen::MatrixXd const& matrix);

/// The symmetric matrix with these coordinates.
/// @throws InputError when the size is not p(p+1)/2 for a whole p.
Eigen::MatrixXd from_iso_vech(Eigen::VectorXd const& coordinates);

/// A symmetric p x p matrix estimated by the mean of `count` independent contributions. `contribution_covariance`
/// (q x q): sample covariance of iso_vech of ONE contribution. `directions`: the moments of u'(contribution)u.
struct MatrixEstimate {
  Eigen::MatrixXd value;
  Eigen::MatrixXd contribution_covariance;
  std::int64_t count = 0;
  Directions directions = {};
};

/// The estimate less a known target.
MatrixEstimate minus(MatrixEstimate estimate, Eigen::MatrixXd const& target);

/// The difference of two estimates from independent replicates, as many of each: replicate r of one with replicate r of
/// the other is one contribution, whose cumulants are kappa_k(a) + (-1)^k kappa_k(b).
/// @throws InputError when sizes or counts differ.
MatrixEstimate minus(MatrixEstimate const& a, MatrixEstimate const& b);

/// The estimate of A M A' (A is r x p), with the covariance carried along; a whitening A gives relative errors.
MatrixEstimate congruent(MatrixEstimate const& estimate, Eigen::MatrixXd const& a);

/// The covariance matrix of w, as an estimate, from the joint moments of y = (w, iso_vech(w w')).
/// `mean` (p + q) and `covariance` (p + q square, divisor R - 1) are those of y over R = `count` replicates.
/// value: the sample covariance, which is the leading block of `covariance`. Its contributions are, to first order,
/// iso_vech((w-m)(w-m)') = iso_vech(w w') - iso_vech(w m' + m w') + constant: linear in y for m fixed at its estimate,
/// so their covariance B C B' is a linear image of that of y, with third and fourth moments. The error of m is squared
/// and of order 1/R. Needs fourth moments to exist, and eighth ones to be trusted; loses digits when the
/// mean of w is many standard deviations from zero, so subtract the truth from w first.
/// @throws InputError when the sizes do not fit.
MatrixEstimate covariance_as_mean(Eigen::VectorXd const& mean, Eigen::MatrixXd const& covariance, std::int64_t count);

/// Interval for the largest |u' D u| over unit vectors u, the spectral norm of D; give `minus(estimate, target)`.
/// With M whitened this is the largest relative error over all directions. Let y be the coordinates of D, S the
/// covariance of one contribution and c = hotelling_critical(q, R, alpha). On one event of probability 1 - alpha
///   |a'(y_hat - y)| <= c sqrt(a' S a / R) for every a,
/// in particular for a(u) = iso_vech(u u'), which has norm 1, since u' D u = a(u)'y. Hence on that event
///   |u' D u| >= |u' D_hat u| - c se_u for any u, also one chosen from the data:        lower = max over eigenvectors;
///   |u' D u| <= |u' D_hat u| + c sqrt(lambda_max(S)/R) for every u, so their maximum:  upper = norm + that.
/// For p = 1 it is the interval for |mean|. Exact level for normal contributions only, and generous when the widest
/// direction of S is not of the form a(u): the rule where the moments along directions were not kept, as for bars of
/// pictures. R <= q gives `vacuous_interval()` then.
/// With them c se_u gives way to `far_reach` along a(u) at c, c^2 the quantile of chi^2_q, and the largest term to the
/// widest reach over all u: the same event, with the level that far_reach has for skewed and heavy-tailed
/// contributions. Where that is not valid both ends are infinite, with the reason.
/// @throws InputError when the sizes do not fit or alpha is outside (0, 1).
/// Source: Scheffe (1953), simultaneous bounds for linear forms; Hotelling (1931), c at finite R; Owen (1990), Ann.
/// Statist. 18, 90-120: the empirical likelihood of a vector is the supremum of those of its projections.
Interval largest_direction(MatrixEstimate const& difference, double alpha);

/// Interval for the smallest eigenvalue of M, by the same event as `largest_direction`:
///   lower = lambda_min(M_hat) - c sqrt(lambda_max(S)/R);   upper = min over eigenvectors u of u' M_hat u + c se_u.
/// The plain estimate lambda_min(M_hat) is biased downwards; the interval is not.
/// R <= q gives `vacuous_interval()`.
/// @throws InputError when the sizes do not fit or alpha is outside (0, 1).
Interval smallest_eigenvalue(MatrixEstimate const& estimate, double alpha);

/// Interval for w' M w with w given in advance: `mean_interval` of the contributions along w; where their moments were
/// not kept, Student's w' M_hat w -+ t_{R-1}(1 - alpha/2) sqrt(a' S a / R), a = iso_vech(w w'). For w chosen from the
/// data use `largest_direction`.
/// @throws InputError when the sizes do not fit or alpha is outside (0, 1).
Interval quadratic_form(Eigen::VectorXd const& w, MatrixEstimate const& estimate, double alpha);

}  // namespace fisherlab::claims
