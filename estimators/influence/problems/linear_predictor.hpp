#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/design.hpp"
#include "estimators/influence/problems/problem.hpp"

namespace fisherlab::estimators::influence {

/// A loss that sees an example through one linear predictor: L = w loss(eta, y), eta = offset + b + x'a, theta = (b,
/// a), p = d + 1, or without an intercept eta = offset + x'a, theta = a, p = d; w is the weight of the row. With z =
/// (1, x), or x: grad L = w loss' z, grad^2 L = w loss'' z z', and along t with u = z't the third derivative is w
/// loss''' u^2 z. A `Family` gives, as functions of (eta, y), `loss`, its derivatives `first`, `second`, `third` in
/// eta, `expected` (the mean of `second`), `half_deviance` (`loss` less its least value over eta), `mean(eta)`, and a
/// `name`. The intercept is not penalised. A gradient takes about 2 n p multiply-adds, a Hessian-vector product 3 n p,
/// a Hessian n p^2/2.
template <class Family>
class LinearPredictorProblem {
 public:
  /// For data of this shape. @throws InputError as checked_columns(), or where there is neither intercept nor input.
  explicit LinearPredictorProblem(Data const& data, Family family = {})
      : family_(family), parameters_(checked_columns(data)), first_(data.has_intercept ? 1 : 0) {
    if (data.has_intercept) parameters_.insert(parameters_.begin(), "intercept");
    expects(!parameters_.empty(), "there is neither an intercept nor an input, give one");
  }

  std::string name() const { return Family::name; }
  std::vector<std::string> parameters() const { return parameters_; }
  Vector penalised() const {
    Vector mask = Vector::Ones(p());
    mask.head(first_).setZero();
    return mask;
  }

  Vector losses(Data const& data, Vector const& theta) const { return each(&Family::loss, data, eta(data, theta)); }

  Matrix gradients(Data const& data, Vector const& theta) const {
    return each(&Family::first, data, eta(data, theta)).asDiagonal() * z(data);
  }

  Vector gradient(Data const& data, Vector const& w, Vector const& theta) const {
    return collected_rows(data, weighted(w, each(&Family::first, data, eta(data, theta))));
  }

  Matrix hessian(Data const& data, Vector const& w, Vector const& theta) const {
    Matrix const gram = weighted_gram(data, weighted(w, each(&Family::second, data, eta(data, theta))));
    return gram.bottomRightCorner(p(), p());
  }

  Vector hessian_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    Vector const second = weighted(w, each(&Family::second, data, eta(data, theta)));
    return collected_rows(data, second.cwiseProduct(along(data, t)));
  }

  Vector third_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    Vector const third = weighted(w, each(&Family::third, data, eta(data, theta)));
    return collected_rows(data, third.cwiseProduct(along(data, t).cwiseAbs2()));
  }

  /// t'grad L = w loss'(eta) z't, and both factors move with x.
  Vector input_derivative(Data const& data, int row, Vector const& theta, Vector const& t) const {
    auto const d = data.inputs.cols();
    if (d == 0) return {};  // a matrix without columns has no row to point at
    auto const at = [&](Vector const& c) { return c.head(first_).sum() + data.inputs.row(row).dot(c.tail(d)); };
    double const predictor = at(theta) + offset(data, row), y = data.targets[row], w = weight(data, row);
    return w * family_.second(predictor, y) * at(t) * theta.tail(d) + w * family_.first(predictor, y) * t.tail(d);
  }

  /// sqrt(w loss'') z, p x 1, for losses convex in eta.
  Matrix curvature_factor(Data const& data, int row, Vector const& theta) const {
    Vector z(p());
    z.head(first_).setOnes();
    if (data.dimension() > 0) z.tail(data.dimension()) = data.inputs.row(row).transpose();
    double const second = family_.second(z.dot(theta) + offset(data, row), data.targets[row]);
    return std::sqrt(weight(data, row) * second) * z;
  }

  PredictorRows predictor_rows(Data const& data, Vector const& theta) const {
    Vector const predictor = eta(data, theta);
    return {z(data), each(&Family::expected, data, predictor), -each(&Family::first, data, predictor),
            each(&Family::half_deviance, data, predictor)};
  }

  /// n x 1: the mean of y, for logistic regression the probability of class 1.
  Matrix outputs(Data const& data, Vector const& theta) const {
    return eta(data, theta).unaryExpr([](double predictor) { return Family::mean(predictor); });
  }

  Vector start(std::uint64_t) const { return Vector::Zero(p()); }  // one minimum

 private:
  Eigen::Index p() const { return static_cast<Eigen::Index>(parameters_.size()); }

  /// z't of each row.
  Vector along(Data const& data, Vector const& t) const {
    if (first_ == 1) return predictors(data, t);
    expects(t.size() == data.inputs.cols(),
            "theta or the data have another number of inputs than the problem was made for, use those it was made for");
    return data.inputs * t;
  }

  Vector eta(Data const& data, Vector const& theta) const {
    Vector result = along(data, theta);
    if (data.offset.size() > 0) result += data.offset;
    return result;
  }

  Matrix z(Data const& data) const {
    Matrix result(data.rows(), p());
    result.leftCols(first_).setOnes();
    result.rightCols(data.dimension()) = data.inputs;
    return result;
  }

  static double weight(Data const& data, int row) { return data.weights.size() > 0 ? data.weights[row] : 1; }
  static double offset(Data const& data, int row) { return data.offset.size() > 0 ? data.offset[row] : 0; }

  /// Z'v.
  Vector collected_rows(Data const& data, Vector const& v) const { return collected(data, v).bottomRows(p()); }

  /// w f(eta, y) of each row.
  template <class F>
  Vector each(F f, Data const& data, Vector const& predictor) const {
    Vector result = predictor.binaryExpr(data.targets, [&](double e, double y) {
      if constexpr (std::is_member_function_pointer_v<F>)
        return (family_.*f)(e, y);
      else
        return f(e, y);
    });
    if (data.weights.size() > 0) result.array() *= data.weights.array();
    return result;
  }

  /// A weight of zero removes a row, also one whose derivative overflows.
  static Vector weighted(Vector const& w, Vector const& values) {
    return (w.array() == 0).select(0, w.cwiseProduct(values));
  }

  Family family_;
  std::vector<std::string> parameters_;
  Eigen::Index first_;  ///< how many of the parameters are intercepts
};

}  // namespace fisherlab::estimators::influence
