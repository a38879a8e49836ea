#include "estimators/influence/problems/design.hpp"

#include <cmath>

#include "base/expects.hpp"
#include "base/text/number.hpp"

namespace fisherlab::estimators::influence {

Matrix predictors(Data const& data, Eigen::Ref<Matrix const> const& coefficients) {
  auto const d = data.inputs.cols();
  expects(coefficients.rows() == d + 1,
          "theta or the data have another number of inputs than the problem was made for, use those it was made for");
  Matrix result(data.inputs.rows(), coefficients.cols());
  result.noalias() = data.inputs * coefficients.bottomRows(d);
  result.rowwise() += coefficients.row(0);
  return result;
}

Matrix collected(Data const& data, Eigen::Ref<Matrix const> const& v) {
  Matrix result(data.inputs.cols() + 1, v.cols());
  result.row(0) = v.colwise().sum();
  result.bottomRows(data.inputs.cols()).noalias() = data.inputs.transpose() * v;
  return result;
}

Matrix weighted_gram(Data const& data, Vector const& v) {
  auto const d = data.inputs.cols();
  Matrix gram(d + 1, d + 1);
  gram(0, 0) = v.sum();
  if (d == 0) return gram;  // the intercept alone
  Matrix block = Matrix::Zero(d, d);
  Vector sums = Vector::Zero(d);
  for_stretches(data.rows(), [&](int first, int last) {
    auto const inputs = data.inputs.middleRows(first, last - first);
    Matrix const weighted = v.segment(first, last - first).asDiagonal() * inputs;
    block.triangularView<Eigen::Lower>() += inputs.transpose() * weighted;
    sums += weighted.colwise().sum().transpose();
  });
  gram.bottomRightCorner(d, d) = block.selfadjointView<Eigen::Lower>();
  gram.bottomLeftCorner(d, 1) = sums;
  gram.topRightCorner(1, d) = gram.bottomLeftCorner(d, 1).transpose();
  return gram;
}

std::vector<std::string> checked_columns(Data const& data) {
  expects(data.rows() > 0, "there are no rows to train on, give at least one");
  expects(data.inputs.allFinite() && data.targets.allFinite() && data.targets.size() == data.rows(),
          "an input or a target is missing or not a finite number, leave such rows out");
  auto const is_per_row = [&](Vector const& v) { return v.size() == 0 || (v.size() == data.rows() && v.allFinite()); };
  expects(is_per_row(data.weights) && is_per_row(data.offset) && (data.weights.array() > 0).all(),
          "a weight is not above 0 or an offset is not a finite number, leave such rows out");
  auto names = data.columns;
  expects(names.empty() || static_cast<int>(names.size()) == data.dimension(),
          "there are " + std::to_string(names.size()) + " names for " + std::to_string(data.dimension()) +
              " inputs, give each its name");
  for (int j = static_cast<int>(names.size()); j < data.dimension(); ++j)
    names.push_back(std::string("x").append(std::to_string(j + 1)));
  return names;
}

void expects_counts(Data const& data) {
  for (Eigen::Index i = 0; i < data.targets.size(); ++i) {
    double const y = data.targets[i];
    bool const is_count = data.weights.size() > 0 ? y >= 0 : y >= 0 && y == std::floor(y);
    if (!is_count)
      expects(false, "the target of row " + std::to_string(i + 1) + " is " + exact_text(y) +
                         " (no count), give whole numbers from 0 on");
  }
}

void expects_classes(Vector const& targets, int classes) {
  for (Eigen::Index i = 0; i < targets.size(); ++i) {
    bool const is_class = targets[i] >= 0 && targets[i] < classes && targets[i] == static_cast<int>(targets[i]);
    if (!is_class)
      expects(false, "the target of row " + std::to_string(i + 1) + " is " + std::to_string(targets[i]) +
                         " (no class), give one of 0 to " + std::to_string(classes - 1));
  }
}

}  // namespace fisherlab::estimators::influence
