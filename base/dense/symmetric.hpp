#pragma once

#include <Eigen/Core>

namespace fisherlab {

// A matrix of no rows has no eigenvalues.

/// Eigenvalues in increasing order (p) and the eigenvectors in the columns of a p x p matrix.
struct Eigensystem {
  Eigen::VectorXd values;
  Eigen::MatrixXd vectors;
};

/// Of a symmetric matrix A, of which the lower triangle is read: A = V diag(values) V'.
Eigensystem eigensystem(Eigen::MatrixXd const& symmetric);

/// The same without eigenvectors.
Eigen::VectorXd eigenvalues(Eigen::MatrixXd const& symmetric);

/// The numbers l with A w = l B w for some w, in increasing order; A symmetric, B positive definite.
Eigen::VectorXd generalized_eigenvalues(Eigen::MatrixXd const& a, Eigen::MatrixXd const& b);

/// Of the symmetric matrix with this diagonal (k) and these entries beside it (k - 1).
Eigensystem tridiagonal_eigensystem(Eigen::VectorXd const& diagonal, Eigen::VectorXd const& off);

/// The same without eigenvectors.
Eigen::VectorXd tridiagonal_eigenvalues(Eigen::VectorXd const& diagonal, Eigen::VectorXd const& off);

}  // namespace fisherlab
