#pragma once

#include <string>
#include <utility>
#include <vector>

#include "estimators/influence/problems/problem.hpp"

namespace fisherlab::test {

/// L = theta'A theta/2 for every row, so that with weights of sum 1 the Hessian of the risk is A, definite or not.
struct QuadraticProblem {
  using Vector = estimators::influence::Vector;
  using Matrix = estimators::influence::Matrix;
  using Data = estimators::influence::Data;

  Matrix a;

  std::string name() const { return "quadratic"; }
  std::vector<std::string> parameters() const { return std::vector<std::string>(std::size_t(a.rows()), "t"); }
  Vector penalised() const { return Vector::Ones(a.rows()); }
  Vector losses(Data const& data, Vector const& t) const { return Vector::Constant(data.rows(), 0.5 * t.dot(a * t)); }
  Matrix gradients(Data const& data, Vector const& t) const { return (a * t).transpose().replicate(data.rows(), 1); }
  Vector gradient(Data const&, Vector const& w, Vector const& t) const { return w.sum() * (a * t); }
  Matrix hessian(Data const&, Vector const& w, Vector const&) const { return w.sum() * a; }
  Vector hessian_product(Data const&, Vector const& w, Vector const&, Vector const& t) const {
    return w.sum() * (a * t);
  }
  Vector third_product(Data const&, Vector const&, Vector const&, Vector const&) const {
    return Vector::Zero(a.rows());
  }
  Vector input_derivative(Data const& data, int, Vector const&, Vector const&) const {
    return Vector::Zero(data.dimension());
  }
  Matrix outputs(Data const& data, Vector const&) const { return Matrix::Zero(data.rows(), 1); }
  Vector start(std::uint64_t) const { return Vector::Zero(a.rows()); }
};

/// One parameter: L = x theta^2/2 - y theta, x the input, of either sign. The mean has its minimum at sum y/sum x where
/// sum x > 0, although single rows may curve down. It offers no curvature factor.
struct ScalarProblem {
  using Vector = estimators::influence::Vector;
  using Matrix = estimators::influence::Matrix;
  using Data = estimators::influence::Data;

  static Vector one(double value) { return Vector::Constant(1, value); }

  std::string name() const { return "scalar"; }
  std::vector<std::string> parameters() const { return {"theta"}; }
  Vector penalised() const { return one(1); }
  Vector losses(Data const& data, Vector const& t) const {
    return 0.5 * t(0) * t(0) * data.inputs.col(0) - t(0) * data.targets;
  }
  Matrix gradients(Data const& data, Vector const& t) const { return t(0) * data.inputs.col(0) - data.targets; }
  Vector gradient(Data const& data, Vector const& w, Vector const& t) const {
    return gradients(data, t).transpose() * w;
  }
  Matrix hessian(Data const& data, Vector const& w, Vector const&) const { return one(w.dot(data.inputs.col(0))); }
  Vector hessian_product(Data const& data, Vector const& w, Vector const& t, Vector const& v) const {
    return hessian(data, w, t) * v;
  }
  Vector third_product(Data const&, Vector const&, Vector const&, Vector const&) const { return one(0); }
  Vector input_derivative(Data const&, int, Vector const& theta, Vector const& t) const { return one(theta(0) * t(0)); }
  Matrix outputs(Data const& data, Vector const& t) const { return t(0) * data.inputs; }
  Vector start(std::uint64_t) const { return one(0); }
};

/// An eigenbasis that no solver can guess, with these eigenvalues: A = Q diag(values) Q', Q a Householder reflection.
inline estimators::influence::Matrix with_eigenvalues(estimators::influence::Vector const& values) {
  using estimators::influence::Matrix;
  auto const p = values.size();
  estimators::influence::Vector u(p);
  for (Eigen::Index i = 0; i < p; ++i) u(i) = 1.0 + static_cast<double>((3 * i) % 7);
  u.normalize();
  Matrix const q = Matrix::Identity(p, p) - 2 * u * u.transpose();
  return q * values.asDiagonal() * q;
}

}  // namespace fisherlab::test
