#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <random>

namespace fisherlab::test {

/// Mean and covariance (divisor R - 1) of the rows of a table, R x d.
struct TableMoments {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
  std::int64_t count = 0;
};

inline TableMoments moments_of(Eigen::MatrixXd const& rows) {
  Eigen::VectorXd const mean = rows.colwise().mean();
  Eigen::MatrixXd const centred = rows.rowwise() - mean.transpose();
  return {mean, centred.transpose() * centred / static_cast<double>(rows.rows() - 1), rows.rows()};
}

/// A table of independent draws from `law`.
template <class Law>
Eigen::MatrixXd table(Eigen::Index rows, Eigen::Index columns, Law law, std::mt19937_64& bits) {
  Eigen::MatrixXd result(rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i) {
    for (Eigen::Index j = 0; j < columns; ++j) result(i, j) = law(bits);
  }
  return result;
}

/// Rows (w, iso_vech(w w')) from rows w; without `with_mean` the second part alone.
inline Eigen::MatrixXd with_products(Eigen::MatrixXd const& w, bool with_mean) {
  Eigen::Index const p = w.cols();
  Eigen::Index column = with_mean ? p : 0;
  Eigen::MatrixXd result(w.rows(), column + p * (p + 1) / 2);
  if (with_mean) result.leftCols(p) = w;
  for (Eigen::Index i = 0; i < p; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j) {
      double const scale = i == j ? 1.0 : 1.4142135623730951;
      result.col(column++) = scale * w.col(i).cwiseProduct(w.col(j));
    }
  }
  return result;
}

}  // namespace fisherlab::test
