#include "estimators/influence/problems/risk.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"

namespace fisherlab::estimators::influence {

double Risk::value(Vector const& theta) const {
  // A weight of zero removes the row, also one whose loss overflows.
  Vector const losses = (weights.array() == 0).select(0, problem.losses(*data, theta));
  return weights.dot(losses) + 0.5 * l2 * problem.penalised().cwiseProduct(theta).squaredNorm();
}

Vector Risk::gradient(Vector const& theta) const {
  return problem.gradient(*data, weights, theta) + l2 * problem.penalised().cwiseProduct(theta);
}

Matrix Risk::hessian(Vector const& theta) const {
  Matrix hessian = problem.hessian(*data, weights, theta);
  hessian.diagonal() += l2 * problem.penalised();
  return hessian;
}

Vector Risk::hessian_product(Vector const& theta, Vector const& t) const {
  return problem.hessian_product(*data, weights, theta, t) + l2 * problem.penalised().cwiseProduct(t);
}

Risk mean_risk(AnyProblem const& problem, Data const& data, double l2) {
  expects(data.rows() > 0, "there are no rows to train on, give at least one");
  expects(std::isfinite(l2) && l2 >= 0, "the penalty is " + std::to_string(l2) + ", give a number from 0 on");
  return {problem, &data, Vector::Constant(data.rows(), 1.0 / data.rows()), l2};
}

char const* convention_text(Convention convention) { return convention == Convention::mean ? "A" : "B"; }

Risk without(Risk const& risk, std::vector<int> const& rows, Convention convention, double q) {
  expects(q >= 0 && q <= 1, "the share of a row to remove is " + std::to_string(q) + ", give one from 0 to 1");
  Risk rest = risk;
  auto const n = risk.weights.size();
  std::vector<bool> named(static_cast<std::size_t>(n));
  for (int const row : rows) {
    expects(row >= 0 && row < n, "there is no row " + std::to_string(row) + " to remove (the data have " +
                                     std::to_string(n) + " rows, counted from 0)");
    auto const at = static_cast<std::size_t>(row);
    expects(!named[at], "row " + std::to_string(row) + " is to be removed twice, name it once");
    named[at] = true;
    rest.weights[row] *= 1 - q;
  }
  double const left = rest.weights.sum();
  expects(left > 0, "no weight is left when these rows are removed, remove fewer");
  if (convention == Convention::mean && !rows.empty()) rest.weights *= risk.weights.sum() / left;
  return rest;
}

Matrix removed_gradients(Risk const& risk, Vector const& theta, Convention convention) {
  return removed_gradients(risk, *risk.data, theta, convention);
}

Matrix removed_gradients(Risk const& risk, Data const& rows, Vector const& theta, Convention convention) {
  Matrix gradients = risk.problem.gradients(rows, theta);
  if (convention == Convention::mean)
    gradients.rowwise() += (risk.l2 * risk.problem.penalised().cwiseProduct(theta)).transpose();
  return gradients;
}

}  // namespace fisherlab::estimators::influence
