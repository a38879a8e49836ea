#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "estimators/influence/problems/design.hpp"
#include "estimators/influence/problems/problem.hpp"

namespace fisherlab::estimators::influence {

/// A loss that sees an example through one linear predictor: L = loss(eta, y), eta = b + x'a, theta = (b, a), p = d
/// + 1. With z = (1, x): grad L = loss' z, grad^2 L = loss'' z z', and along t with u = z't the third derivative is
/// loss''' u^2 z. A `Family` gives, as static functions of (eta, y), `loss`, its derivatives `first`, `second`, `third`
/// in eta, `mean(eta)`, and a `name`. The intercept is not penalised. A gradient takes about 2 n p multiply-adds, a
/// Hessian-vector product 3 n p, a Hessian n p^2/2.
template <class Family>
class LinearPredictorProblem {
 public:
  explicit LinearPredictorProblem(std::vector<std::string> columns) : parameters_(std::move(columns)) {
    parameters_.insert(parameters_.begin(), "intercept");
  }

  std::string name() const { return Family::name; }
  std::vector<std::string> parameters() const { return parameters_; }
  Vector penalised() const {
    Vector mask = Vector::Ones(p());
    mask[0] = 0;
    return mask;
  }

  Vector losses(Data const& data, Vector const& theta) const { return each(Family::loss, data, eta(data, theta)); }

  Matrix gradients(Data const& data, Vector const& theta) const {
    Matrix result(data.rows(), p());
    result.col(0) = each(Family::first, data, eta(data, theta));
    result.rightCols(p() - 1) = result.col(0).asDiagonal() * data.inputs;
    return result;
  }

  Vector gradient(Data const& data, Vector const& w, Vector const& theta) const {
    return collected(data, weighted(w, each(Family::first, data, eta(data, theta))));
  }

  Matrix hessian(Data const& data, Vector const& w, Vector const& theta) const {
    return weighted_gram(data, weighted(w, each(Family::second, data, eta(data, theta))));
  }

  Vector hessian_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    Vector const second = weighted(w, each(Family::second, data, eta(data, theta)));
    return collected(data, second.cwiseProduct(eta(data, t)));
  }

  Vector third_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    Vector const third = weighted(w, each(Family::third, data, eta(data, theta)));
    return collected(data, third.cwiseProduct(eta(data, t).cwiseAbs2()));
  }

  /// t'grad L = loss'(eta) z't, and both factors move with x.
  Vector input_derivative(Data const& data, int row, Vector const& theta, Vector const& t) const {
    auto const x = data.inputs.row(row);
    auto const at = [&](Vector const& coefficients) { return coefficients[0] + x.dot(coefficients.tail(p() - 1)); };
    double const predictor = at(theta), y = data.targets[row];
    return Family::second(predictor, y) * at(t) * theta.tail(p() - 1) + Family::first(predictor, y) * t.tail(p() - 1);
  }

  /// sqrt(loss'') z, p x 1, for losses convex in eta.
  Matrix curvature_factor(Data const& data, int row, Vector const& theta) const {
    Vector z(p());
    z << 1, data.inputs.row(row).transpose();
    return std::sqrt(Family::second(z.dot(theta), data.targets[row])) * z;
  }

  /// n x 1: the mean of y, for logistic regression the probability of class 1.
  Matrix outputs(Data const& data, Vector const& theta) const {
    return eta(data, theta).unaryExpr([](double predictor) { return Family::mean(predictor); });
  }

  Vector start(std::uint64_t) const { return Vector::Zero(p()); }  // one minimum

 private:
  Eigen::Index p() const { return static_cast<Eigen::Index>(parameters_.size()); }

  static Vector eta(Data const& data, Vector const& theta) { return predictors(data, theta); }

  template <class F>
  static Vector each(F f, Data const& data, Vector const& predictor) {
    return predictor.binaryExpr(data.targets, f);
  }

  /// A weight of zero removes a row, also one whose derivative overflows.
  static Vector weighted(Vector const& w, Vector const& values) {
    return (w.array() == 0).select(0, w.cwiseProduct(values));
  }

  std::vector<std::string> parameters_;
};

}  // namespace fisherlab::estimators::influence
