#include "base/dense/inverse.hpp"

#include <Eigen/LU>

namespace fisherlab {

Eigen::MatrixXd inverse(Eigen::MatrixXd const& matrix) { return matrix.inverse(); }

double determinant(Eigen::MatrixXd const& matrix) { return matrix.determinant(); }

}  // namespace fisherlab
