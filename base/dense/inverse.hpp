#pragma once

#include <Eigen/Core>

namespace fisherlab {

/// The inverse of a square matrix, by elimination with partial pivots; infinite or NaN entries where it is singular.
Eigen::MatrixXd inverse(Eigen::MatrixXd const& matrix);

/// The determinant of a square matrix.
double determinant(Eigen::MatrixXd const& matrix);

}  // namespace fisherlab
