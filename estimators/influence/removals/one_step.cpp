#include <limits>

#include "base/dense/cholesky.hpp"
#include "estimators/influence/problems/row_blocks.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "estimators/influence/removals/removal_parts.hpp"
#include "estimators/influence/solvers/definite.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// Below it 1 - h is rounding: the row alone holds some direction of theta.
constexpr double least_rest = 1e-10;

/// (B - F F'/n)^{-1} c by Woodbury, from B = L L': with V = L^{-1} F and u = L^{-1} c it is
/// L^{-T} (u + V (n 1 - V'V)^{-1} V'u). Empty where 1 - V'V/n, whose eigenvalues are 1 - (leverages), is not positive.
Vector factored_step(Matrix const& factor, Matrix const& f, Vector const& c, int n) {
  auto const lower = factor.triangularView<Eigen::Lower>();
  Matrix const v = lower.solve(f);
  Matrix rest = -v.transpose() * v / n;
  rest.diagonal().array() += 1;
  Cholesky const small(rest);
  if (!small.positive_definite() || !(small.smallest_pivot() > least_rest)) return {};
  Vector u = lower.solve(c);
  Vector const corrected = small.solve(Vector(v.transpose() * u));
  u += v * corrected / n;
  return lower.transpose().solve(u);
}

/// The same from the Hessian of the row itself, for problems without a curvature factor.
Vector dense_step(Minimum const& minimum, Matrix const& base, Data const& rows, int row, Vector const& c) {
  auto const& [risk, theta] = minimum;
  Matrix const own = risk.problem.hessian(rows_of(rows, {row}), Vector::Ones(1), theta) / risk.data->rows();
  auto const factor = cholesky_factor_of_rest(base - own, base);
  if (!factor) return {};
  auto const lower = factor->triangularView<Eigen::Lower>();
  return lower.transpose().solve(lower.solve(c));
}

}  // namespace

OneStep::OneStep(Minimum const& minimum, Convention convention) : minimum_(minimum) {
  auto const& [risk, theta] = minimum;
  expect_plain_mean(risk);
  base_ = risk.hessian(theta);
  base_.diagonal() -= penalty_curvature(risk, convention) / risk.data->rows();
  is_factored_ = risk.data->rows() > 0 && risk.problem.curvature_factor(*risk.data, 0, theta).has_value();
  if (is_factored_) factor_ = cholesky_factor(base_);
}

Matrix OneStep::removals(Data const& rows, Matrix const& removed, int threads) const {
  int const n = minimum_.risk.data->rows();
  Matrix changes = Matrix::Constant(rows.rows(), base_.rows(), std::numeric_limits<double>::quiet_NaN());
  if (is_factored_ && !factor_) return changes;
  for_row_blocks(rows.rows(), 8, threads, [&](int begin, int end) {
    for (int k = begin; k < end; ++k) {
      Vector const c = removed.row(k).transpose();
      Vector const step =
          is_factored_ ? factored_step(*factor_, *minimum_.risk.problem.curvature_factor(rows, k, minimum_.theta), c, n)
                       : dense_step(minimum_, base_, rows, k, c);
      if (step.size() > 0) changes.row(k) = step.transpose() / n;
    }
  });
  return changes;
}

Matrix one_step_removals(Minimum const& minimum, Convention convention, int threads) {
  return OneStep(minimum, convention)
      .removals(*minimum.risk.data, removed_gradients(minimum.risk, minimum.theta, convention), threads);
}

}  // namespace fisherlab::estimators::influence
