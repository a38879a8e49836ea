#include "estimators/regression/design.hpp"

#include <utility>

namespace fisherlab::estimators {
namespace {

constexpr double least_part = 1e-7;  ///< of a column's length that must be its own

}  // namespace

RegressionDesign::RegressionDesign(Eigen::MatrixXd x, Eigen::VectorXd weights, Eigen::VectorXd offset)
    : weights_(std::move(weights)), offset_(std::move(offset)) {
  auto const n = x.rows(), columns = x.cols();
  Eigen::VectorXd const roots = weights_.cwiseSqrt();
  auto& basis = x;  // a kept column takes the place of one that was read
  Eigen::MatrixXd upper = Eigen::MatrixXd::Zero(columns, columns);
  Eigen::Index rank = 0;
  for (Eigen::Index j = 0; j < columns; ++j) {
    Eigen::VectorXd v = x.col(j).cwiseProduct(roots);
    double const length = v.norm();
    Eigen::VectorXd shares = Eigen::VectorXd::Zero(columns);
    for (int pass = 0; pass < 2; ++pass)
      for (Eigen::Index k = 0; k < rank; ++k) {
        double const share = basis.col(k).dot(v);
        v -= share * basis.col(k);
        shares[k] += share;
      }
    double const rest = v.norm();
    if (!(rest > least_part * length)) {
      auto const known = upper.topLeftCorner(rank, rank).triangularView<Eigen::Upper>();
      dependent_.push_back({static_cast<int>(j), known.solve(shares.head(rank))});
      continue;
    }
    upper.col(rank).head(rank) = shares.head(rank);
    upper(rank, rank) = rest;
    basis.col(rank++) = v / rest;
    kept_.push_back(static_cast<int>(j));
  }
  inverse_ =
      upper.topLeftCorner(rank, rank).triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(rank, rank));
  z_.resize(static_cast<std::size_t>(n * rank));
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < rank; ++j) z_[static_cast<std::size_t>(i * rank + j)] = basis(i, j) / roots[i];
}

Eigen::VectorXd RegressionDesign::coordinates(Eigen::VectorXd const& v) const {
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(rank());
  for (Eigen::Index i = 0; i < rows(); ++i)
    for (Eigen::Index j = 0; j < rank(); ++j) sum[j] += weight(i) * v[i] * row(i)[j];
  return sum;
}

}  // namespace fisherlab::estimators
