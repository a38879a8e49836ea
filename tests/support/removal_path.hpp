#pragma once

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <vector>

#include "estimators/influence/removals/removal.hpp"

namespace fisherlab::test {

/// The minimum of a risk by plain Newton steps from `theta`, to rounding; apart from the library's own training.
inline estimators::influence::Vector newton(estimators::influence::Risk const& risk,
                                            estimators::influence::Vector theta) {
  double norm = risk.gradient(theta).norm();
  for (int step = 0; step < 60; ++step) {
    estimators::influence::Vector const next =
        theta - Eigen::LDLT<estimators::influence::Matrix>(risk.hessian(theta)).solve(risk.gradient(theta));
    double const next_norm = risk.gradient(next).norm();
    if (step > 3 && !(next_norm < norm)) break;
    theta = next;
    norm = next_norm;
  }
  EXPECT_LT(norm, 1e-12 * std::max(1.0, risk.hessian(theta).norm()));
  return theta;
}

inline estimators::influence::Minimum minimum_of(estimators::influence::AnyProblem const& problem,
                                                 estimators::influence::Data const& data, double l2) {
  auto const risk = mean_risk(problem, data, l2);
  return {risk, newton(risk, estimators::influence::Vector::Zero(problem.penalised().size()))};
}

/// The minimum as the library's own training finds it.
inline estimators::influence::Minimum trained_minimum(estimators::influence::AnyProblem const& problem,
                                                      estimators::influence::Data const& data, double l2) {
  auto const risk = mean_risk(problem, data, l2);
  return {risk, train(risk, problem.start(1), {.gradient_norm = 1e-12}).theta};
}

/// theta(q) - theta along n R - q sum of what `rows` take from it, q of either sign: weights (1 - q)/n, and for the
/// mean convention the penalty of the removed share goes with them. Where q = 1 this is the refit without them.
inline estimators::influence::Vector path(estimators::influence::Minimum const& minimum, std::vector<int> const& rows,
                                          estimators::influence::Convention convention, double q) {
  auto risk = minimum.risk;
  double const n = risk.data->rows();
  for (int const row : rows) risk.weights(row) = (1 - q) / n;
  if (convention == estimators::influence::Convention::mean) risk.l2 *= 1 - q * static_cast<double>(rows.size()) / n;
  return newton(risk, minimum.theta) - minimum.theta;
}

/// First and second derivative of the path at q = 0: central differences at h and h/2, extrapolated, error O(h^4).
struct PathDerivatives {
  estimators::influence::Vector first, second;
};
inline PathDerivatives path_derivatives(estimators::influence::Minimum const& minimum, std::vector<int> const& rows,
                                        estimators::influence::Convention convention, double h = 1.0 / 32) {
  auto const at = [&](double q) { return path(minimum, rows, convention, q); };
  estimators::influence::Vector const up = at(h), down = at(-h), half_up = at(h / 2), half_down = at(-h / 2);
  return {(4 * (half_up - half_down) / h - (up - down) / (2 * h)) / 3,
          (4 * (half_up + half_down) / (h * h / 4) - (up + down) / (h * h)) / 3};
}

}  // namespace fisherlab::test
