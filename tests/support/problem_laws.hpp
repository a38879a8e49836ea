#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "estimators/influence/problems/problem.hpp"

namespace fisherlab::test {

/// Tolerances of the problem laws, relative to the largest entry of what is compared.
struct ProblemLawSettings {
  double tolerance = 1e-8;
  double third_tolerance = 1e-8;  ///< of third_product, for problems whose own is a difference
  double step = 0x1p-9;           ///< of central differences, times max(1, |coordinate|)
};

namespace problem_laws {

using namespace estimators::influence;

/// df/ds at s = 0 by central differences at h and h/2, extrapolated: error h^4 f^(5)/480 and rounding 4e-16 |f|/h.
template <class F>
Vector derivative(F const& f, double h) {
  Vector const coarse = (f(h) - f(-h)) / (2 * h);
  Vector const fine = (f(0.5 * h) - f(-0.5 * h)) / h;
  return (4 * fine - coarse) / 3;
}

/// The laws of one problem at one point; each broken one leaves its name and by how much.
class Checker {
 public:
  Checker(AnyProblem problem, Data data, Vector theta, Vector weights, ProblemLawSettings settings)
      : problem_(std::move(problem)),
        data_(std::move(data)),
        theta_(std::move(theta)),
        w_(std::move(weights)),
        settings_(settings),
        t_(theta_.size()) {
    for (Eigen::Index j = 0; j < t_.size(); ++j) t_[j] = std::cos(1.0 + 2.0 * static_cast<double>(j));
  }

  std::vector<std::string> broken() {
    shapes();
    if (!broken_.empty()) return broken_;  // the others would read outside their vectors
    first_derivatives();
    second_derivatives();
    input_derivative();
    one_row_at_a_time();
    zero_weight_removes();
    probabilities();
    return broken_;
  }

 private:
  void shapes() {
    auto const p = theta_.size(), n = data_.inputs.rows();
    auto const mask = problem_.penalised();
    require("shapes", static_cast<Eigen::Index>(problem_.parameters().size()) == p && mask.size() == p &&
                          problem_.start(1).size() == p && problem_.losses(data_, theta_).size() == n &&
                          problem_.gradients(data_, theta_).rows() == n &&
                          problem_.gradients(data_, theta_).cols() == p && problem_.outputs(data_, theta_).rows() == n);
    require("penalised is 0 or 1", ((mask.array() == 0) || (mask.array() == 1)).all());
  }

  void first_derivatives() {
    Matrix const gradients = problem_.gradients(data_, theta_);
    Matrix numerical(gradients.rows(), gradients.cols());
    for (Eigen::Index j = 0; j < theta_.size(); ++j)
      numerical.col(j) = along(j, [&](Vector const& theta) { return problem_.losses(data_, theta); });
    same("gradients = d losses", gradients, numerical, settings_.tolerance);
    same("gradient = sum of w gradients", problem_.gradient(data_, w_, theta_), gradients.transpose() * w_, 1e-12);
  }

  void second_derivatives() {
    Matrix const hessian = problem_.hessian(data_, w_, theta_);
    Matrix numerical(theta_.size(), theta_.size());
    for (Eigen::Index j = 0; j < theta_.size(); ++j)
      numerical.col(j) = along(j, [&](Vector const& theta) { return problem_.gradient(data_, w_, theta); });
    same("hessian = d gradient", hessian, numerical, settings_.tolerance);
    same("hessian is symmetric", hessian, hessian.transpose(), 1e-12);
    same("hessian_product = hessian t", problem_.hessian_product(data_, w_, theta_, t_), hessian * t_, 1e-11,
         hessian.cwiseAbs().maxCoeff());
    auto const product = [&](double s) { return problem_.hessian_product(data_, w_, theta_ + s * t_, t_); };
    same("third_product = d hessian_product", problem_.third_product(data_, w_, theta_, t_),
         derivative(product, settings_.step), settings_.third_tolerance, hessian.cwiseAbs().maxCoeff());
  }

  void input_derivative() {
    for (int row = 0; row < data_.rows(); row += std::max(1, data_.rows() / 7)) {
      Data moved = rows_of(data_, {row});
      Vector numerical(data_.dimension());
      for (int j = 0; j < data_.dimension(); ++j) {
        double const x = data_.inputs(row, j);
        numerical[j] = derivative(
            [&](double s) -> Vector {
              moved.inputs(0, j) = x + s;
              return problem_.gradients(moved, theta_) * t_;
            },
            step(x))[0];
        moved.inputs(0, j) = x;
      }
      same("input_derivative = d/dx of t'gradient", problem_.input_derivative(data_, row, theta_, t_), numerical,
           settings_.tolerance, (problem_.gradients(moved, theta_) * t_).cwiseAbs()[0]);
    }
  }

  void one_row_at_a_time() {
    int const row = data_.rows() / 3;
    Data const one = rows_of(data_, {row});
    same("a row's loss is its own", problem_.losses(one, theta_), problem_.losses(data_, theta_).row(row), 1e-12);
    same("a row's gradient is its own", problem_.gradients(one, theta_), problem_.gradients(data_, theta_).row(row),
         1e-12);
    if (auto const factor = problem_.curvature_factor(data_, row, theta_))
      same("curvature_factor F: F F' = a row's hessian", *factor * factor->transpose(),
           problem_.hessian(one, Vector::Ones(1), theta_), 1e-12);
    same("a row's output is its own", problem_.outputs(one, theta_), problem_.outputs(data_, theta_).row(row), 1e-12);
  }

  void zero_weight_removes() {
    int const n = data_.rows();
    std::vector<int> others;
    for (int i = 0; i < n; ++i)
      if (i != n / 3) others.push_back(i);
    Data const rest = rows_of(data_, others);
    Vector zero = w_;
    zero[n / 3] = 0;
    Vector const w = w_(others);
    same("weight 0 removes a row", problem_.gradient(data_, zero, theta_), problem_.gradient(rest, w, theta_), 1e-12,
         problem_.gradients(data_, theta_).cwiseAbs().maxCoeff());
    Matrix const hessian = problem_.hessian(data_, zero, theta_);
    double const scale = hessian.cwiseAbs().maxCoeff();
    same("weight 0 removes a row", hessian, problem_.hessian(rest, w, theta_), 1e-12);
    same("weight 0 removes a row", problem_.hessian_product(data_, zero, theta_, t_),
         problem_.hessian_product(rest, w, theta_, t_), 1e-12, scale);
    same("weight 0 removes a row", problem_.third_product(data_, zero, theta_, t_),
         problem_.third_product(rest, w, theta_, t_), 1e-12 + 0.1 * settings_.third_tolerance, scale);
  }

  void probabilities() {
    Matrix const outputs = problem_.outputs(data_, theta_);
    if (data_.classes.empty()) return;
    require("outputs are probabilities", outputs.minCoeff() >= 0 && outputs.maxCoeff() <= 1);
    if (outputs.cols() > 1) {
      same("outputs are probabilities", outputs.rowwise().sum(), Vector::Ones(outputs.rows()), 1e-14);
      for (int i = 0; i < data_.rows(); ++i)
        same("loss = -log output", problem_.losses(data_, theta_).row(i).transpose(),
             Vector::Constant(1, -std::log(outputs(i, static_cast<int>(data_.targets[i])))), 1e-9, 1.0);
    }
  }

  double step(double coordinate) const { return settings_.step * std::max(1.0, std::abs(coordinate)); }

  template <class F>
  Vector along(Eigen::Index j, F const& f) const {
    return derivative(
        [&](double s) -> Vector {
          Vector theta = theta_;
          theta[j] += s;
          return f(theta);
        },
        step(theta_[j]));
  }

  void require(std::string const& law, bool holds) {
    if (!holds) broken_.push_back(law);
  }

  /// `size` is a scale below which differences are rounding, for sums that cancel.
  void same(std::string const& law, Matrix const& a, Matrix const& b, double tolerance, double size = 0) {
    if (a.size() == 0 && b.size() == 0) return;
    double const scale = std::max({a.cwiseAbs().maxCoeff(), b.cwiseAbs().maxCoeff(), size});
    double const apart = (a - b).cwiseAbs().maxCoeff();
    if (!(apart <= tolerance * scale))
      broken_.push_back(law + ": apart by " + std::to_string(apart / scale) + " of " + std::to_string(scale));
  }

  AnyProblem problem_;
  Data data_;
  Vector theta_, w_;
  ProblemLawSettings settings_;
  Vector t_;
  std::vector<std::string> broken_;
};

}  // namespace problem_laws

/// The universal rig: every law of the concept Problem that `problem` breaks at theta, with the row weights `weights`;
/// empty when it obeys them all. Derivatives are held to extrapolated central differences, relative to the largest
/// entry, so theta should be where these resolve them: extreme predictors need formulas of their own.
inline std::vector<std::string> broken_problem_laws(estimators::influence::AnyProblem const& problem,
                                                    estimators::influence::Data const& data,
                                                    estimators::influence::Vector const& theta,
                                                    estimators::influence::Vector const& weights,
                                                    ProblemLawSettings const& settings = {}) {
  return problem_laws::Checker(problem, data, theta, weights, settings).broken();
}

/// Expects a problem to obey its laws.
inline void expect_problem_laws(estimators::influence::AnyProblem const& problem,
                                estimators::influence::Data const& data, estimators::influence::Vector const& theta,
                                estimators::influence::Vector const& weights, ProblemLawSettings const& settings = {}) {
  for (auto const& law : broken_problem_laws(problem, data, theta, weights, settings))
    ADD_FAILURE() << problem.name() << ": " << law << "; theta = " << theta.transpose();
}

}  // namespace fisherlab::test
