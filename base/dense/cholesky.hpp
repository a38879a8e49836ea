#pragma once

#include <Eigen/Core>
#include <memory>

namespace fisherlab {

/// The Cholesky factor of a symmetric matrix, A = L L', L lower triangular. Where A is not positive definite there is
/// none, and only `positive_definite` may be asked. A shared, immutable value.
class Cholesky {
 public:
  /// Reads the lower triangle of `matrix` (p x p).
  explicit Cholesky(Eigen::MatrixXd const& matrix);

  bool positive_definite() const;
  /// An estimate of the reciprocal condition number of A in the 1-norm.
  double reciprocal_condition() const;
  /// L (p x p).
  Eigen::MatrixXd lower() const;
  /// The smallest L_ii^2.
  double smallest_pivot() const;

  /// A^-1 b.
  Eigen::VectorXd solve(Eigen::VectorXd const& b) const;
  Eigen::MatrixXd solve(Eigen::MatrixXd const& b) const;
  /// L^-1 b.
  Eigen::VectorXd solve_lower(Eigen::VectorXd b) const;
  Eigen::MatrixXd solve_lower(Eigen::MatrixXd b) const;
  /// L'^-1 b.
  Eigen::VectorXd solve_upper(Eigen::VectorXd b) const;

 private:
  struct Factor;
  std::shared_ptr<Factor const> factor_;
};

}  // namespace fisherlab
