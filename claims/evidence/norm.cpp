#include "claims/evidence/norm.hpp"

#include <algorithm>
#include <cmath>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "base/special/quantiles.hpp"

namespace fisherlab::claims {

Interval mean_norm(Eigen::VectorXd const& mean, Eigen::MatrixXd const& covariance, std::int64_t count, double alpha) {
  expects(mean.size() > 0 && covariance.rows() == mean.size() && covariance.cols() == mean.size(),
          "a mean of p components needs a p x p covariance");
  if (count <= mean.size()) return vacuous_interval();
  auto const replicates = static_cast<double>(count);
  double const critical = hotelling_critical(mean.size(), count, alpha);
  double const widest = std::sqrt(std::max(eigenvalues(covariance).maxCoeff(), 0.0) / replicates);
  double const norm = mean.norm();
  double along = widest;
  if (norm > 0) {
    Eigen::VectorXd const u = mean / norm;
    along = std::sqrt(std::max(u.dot(covariance * u), 0.0) / replicates);
  }
  return {norm, along, std::max(norm - critical * along, 0.0), norm + critical * widest};
}

}  // namespace fisherlab::claims
