#pragma once

#include <Eigen/Core>
#include <vector>

#include "base/api.hpp"

namespace fisherlab::estimators {

/// What a regression is fitted to.
struct RegressionData {
  Eigen::MatrixXd x;        ///< n x columns
  Eigen::VectorXd y;        ///< n
  Eigen::VectorXd weights;  ///< n, above 0
  Eigen::VectorXd offset;   ///< n
};

/// A column that depends on those before it, in the proportions `shares` (of the kept columns).
struct DependentColumn {
  int column = 0;
  Eigen::VectorXd shares;
};

/// The design of a regression, which stays as it is while responses vary, in coordinates without units: with W the
/// diagonal of the weights, X = Z R for the columns that are kept, Z'WZ = 1 and R upper triangular. Linear predictors
/// are eta = offset + Z gamma, and beta = R^-1 gamma.
///
/// A column is left out whose part that is orthogonal to the kept columns before it is shorter than 1e-7 of it, as in
/// R's lm(). Gram-Schmidt is done twice over, which keeps Z orthogonal to rounding.
/// Source: Giraud, Langou and Rozloznik (2005), "twice is enough"; R's dqrdc2 for the rule.
class FISHERLAB_API RegressionDesign {
 public:
  explicit RegressionDesign(RegressionData const& data) : RegressionDesign(data.x, data.weights, data.offset) {}
  /// The same; `x` is worked on in its place.
  RegressionDesign(Eigen::MatrixXd x, Eigen::VectorXd weights, Eigen::VectorXd offset);

  Eigen::Index rows() const { return weights_.size(); }
  Eigen::Index rank() const { return inverse_.rows(); }
  std::vector<int> const& kept() const { return kept_; }
  std::vector<DependentColumn> const& dependent() const { return dependent_; }

  /// Row i of Z, `rank()` numbers.
  double const* row(Eigen::Index i) const { return z_.data() + i * rank(); }
  double weight(Eigen::Index i) const { return weights_[i]; }
  double offset(Eigen::Index i) const { return offset_[i]; }

  /// R^-1.
  Eigen::MatrixXd const& inverse() const { return inverse_; }
  /// c with beta_a = c'gamma, a among the kept columns.
  Eigen::VectorXd contrast(Eigen::Index a) const { return inverse_.row(a).transpose(); }
  /// Z'W v.
  Eigen::VectorXd coordinates(Eigen::VectorXd const& v) const;

 private:
  Eigen::VectorXd weights_;
  Eigen::VectorXd offset_;
  std::vector<double> z_;  ///< row by row
  Eigen::MatrixXd inverse_;
  std::vector<int> kept_;
  std::vector<DependentColumn> dependent_;
};

}  // namespace fisherlab::estimators
