#include "base/dense/cholesky.hpp"

#include <Eigen/Cholesky>

namespace fisherlab {

struct Cholesky::Factor {
  Eigen::LLT<Eigen::MatrixXd> llt;
};

Cholesky::Cholesky(Eigen::MatrixXd const& matrix)
    : factor_(std::make_shared<Factor const>(Factor{Eigen::LLT<Eigen::MatrixXd>(matrix)})) {}

bool Cholesky::positive_definite() const { return factor_->llt.info() == Eigen::Success; }

double Cholesky::reciprocal_condition() const { return factor_->llt.rcond(); }

Eigen::MatrixXd Cholesky::lower() const { return factor_->llt.matrixL(); }

double Cholesky::smallest_pivot() const { return factor_->llt.matrixLLT().diagonal().cwiseAbs2().minCoeff(); }

Eigen::VectorXd Cholesky::solve(Eigen::VectorXd const& b) const { return factor_->llt.solve(b); }

Eigen::MatrixXd Cholesky::solve(Eigen::MatrixXd const& b) const { return factor_->llt.solve(b); }

Eigen::VectorXd Cholesky::solve_lower(Eigen::VectorXd b) const {
  factor_->llt.matrixL().solveInPlace(b);
  return b;
}

Eigen::MatrixXd Cholesky::solve_lower(Eigen::MatrixXd b) const {
  factor_->llt.matrixL().solveInPlace(b);
  return b;
}

Eigen::VectorXd Cholesky::solve_upper(Eigen::VectorXd b) const {
  factor_->llt.matrixU().solveInPlace(b);
  return b;
}

}  // namespace fisherlab
