#include "claims/evidence/norm.hpp"

#include <algorithm>
#include <cmath>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "base/special/quantiles.hpp"

namespace fisherlab::claims {

namespace {

double std_error_along(Eigen::VectorXd const& u, MeanEstimate const& estimate) {
  return std::sqrt(std::max(u.dot(estimate.covariance * u), 0.0) / static_cast<double>(estimate.count));
}

Interval norm_by_hotelling(MeanEstimate const& estimate, double norm, double along, double alpha) {
  if (estimate.count <= estimate.mean.size()) return vacuous_interval();
  double const critical = hotelling_critical(estimate.mean.size(), estimate.count, alpha);
  double const widest =
      std::sqrt(std::max(eigenvalues(estimate.covariance).maxCoeff(), 0.0) / static_cast<double>(estimate.count));
  return {norm, along, std::max(norm - critical * along, 0.0), norm + critical * widest};
}

}  // namespace

Interval mean_norm(MeanEstimate const& estimate, double alpha) {
  auto const p = estimate.mean.size();
  expects(p > 0 && estimate.covariance.rows() == p && estimate.covariance.cols() == p,
          "a mean of p components needs a p x p covariance");
  double const norm = estimate.mean.norm();
  Eigen::VectorXd const u =
      norm > 0 ? Eigen::VectorXd(estimate.mean / norm) : Eigen::VectorXd(Eigen::VectorXd::Unit(p, 0));
  double const along = std_error_along(u, estimate);
  if (!estimate.directions) return norm_by_hotelling(estimate, norm, along, alpha);
  auto const level = far_level(alpha, p);
  auto const widest = widest_reach(estimate.directions, p, estimate.count, level);
  if (!widest.valid) return open_interval(norm, along, widest.reason, widest.needed);
  auto const reach = reach_along(estimate.directions, u, level);
  double const lower = reach.valid ? std::max(norm - reach.down, 0.0) : 0.0;
  return {norm, along, lower, norm + std::max(widest.reach, reach.up)};
}

Interval mean_norm(Eigen::VectorXd const& mean, Eigen::MatrixXd const& covariance, std::int64_t count, double alpha) {
  return mean_norm({mean, covariance, count}, alpha);
}

}  // namespace fisherlab::claims
