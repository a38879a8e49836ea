#pragma once

#include <Eigen/Core>
#include <memory>

namespace fisherlab {

/// The eigenvalues of a symmetric matrix, A = V diag(values) V', and products with V, which is never formed: A is
/// brought to tridiagonal form by reflections, 4/3 p^3 operations, and that to diagonal form by rotations, O(p^2),
/// which are kept and turn one vector at a time. V itself would cost 9 p^3. A shared, immutable value. Source: Golub
/// and Van Loan (2013), Matrix Computations, algorithms 8.3.1 to 8.3.3.
class Spectrum {
 public:
  /// Reads the lower triangle of `symmetric` (p x p). Where an entry is not finite, all eigenvalues are NaN.
  explicit Spectrum(Eigen::MatrixXd const& symmetric);

  /// The eigenvalues (p) in increasing order.
  Eigen::VectorXd const& values() const;
  /// V'x: x in the coordinates of the eigenvectors.
  Eigen::VectorXd coordinates(Eigen::VectorXd const& x) const;
  /// V c: the sum of the eigenvectors times c.
  Eigen::VectorXd combination(Eigen::VectorXd const& c) const;

 private:
  struct Parts;
  std::shared_ptr<Parts const> parts_;
};

}  // namespace fisherlab
