#include "base/dense/symmetric.hpp"

#include <Eigen/Eigenvalues>

namespace fisherlab {
namespace {

using Solver = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;

}  // namespace

Eigensystem eigensystem(Eigen::MatrixXd const& symmetric) {
  if (symmetric.size() == 0) return {};  // the solver reads a first entry
  Solver const solver(symmetric);
  return {solver.eigenvalues(), solver.eigenvectors()};
}

Eigen::VectorXd eigenvalues(Eigen::MatrixXd const& symmetric) {
  if (symmetric.size() == 0) return {};
  return Solver(symmetric, Eigen::EigenvaluesOnly).eigenvalues();
}

Eigen::VectorXd generalized_eigenvalues(Eigen::MatrixXd const& a, Eigen::MatrixXd const& b) {
  if (a.size() == 0) return {};
  return Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd>(a, b, Eigen::EigenvaluesOnly).eigenvalues();
}

Eigensystem tridiagonal_eigensystem(Eigen::VectorXd const& diagonal, Eigen::VectorXd const& off) {
  Solver solver;
  solver.computeFromTridiagonal(diagonal, off);
  return {solver.eigenvalues(), solver.eigenvectors()};
}

Eigen::VectorXd tridiagonal_eigenvalues(Eigen::VectorXd const& diagonal, Eigen::VectorXd const& off) {
  Solver solver;
  solver.computeFromTridiagonal(diagonal, off, Eigen::EigenvaluesOnly);
  return solver.eigenvalues();
}

}  // namespace fisherlab
