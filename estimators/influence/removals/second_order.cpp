#include <limits>

#include "estimators/influence/problems/row_blocks.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "estimators/influence/removals/removal_parts.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// The change when `rows` are removed together, in x of the result; `first` solves for the sum of their c_k.
Solution second_order_change(Minimum const& minimum, std::vector<int> const& rows, Convention convention,
                             InverseHessian const& inverse, Solution const& first) {
  if (!first.solved) return first;
  auto const& [risk, theta] = minimum;
  double const eps = -1.0 / risk.data->rows();
  auto const m = static_cast<Eigen::Index>(rows.size());
  Vector const t = -first.x;
  // C t: of the removed rows alone, so that it costs no pass over the data.
  Vector const removed = risk.problem.hessian_product(rows_of(*risk.data, rows), Vector::Ones(m), theta, t) +
                         static_cast<double>(m) * penalty_curvature(risk, convention).cwiseProduct(t);
  Vector const third = risk.problem.third_product(*risk.data, risk.weights, theta, t);
  Solution second = inverse.solve(third + 2 * removed);
  if (second.solved) second.x = eps * t - (eps * eps / 2) * second.x;  // t2 = -H^{-1} (third + 2 C t)
  return second;
}

}  // namespace

Matrix second_order_removals(Minimum const& minimum, Convention convention, InverseHessian const& inverse,
                             int threads) {
  auto const& [risk, theta] = minimum;
  expect_plain_mean(risk);
  int const n = risk.data->rows();
  auto const first = inverse.solve_each(removed_gradients(risk, theta, convention).transpose(), threads);
  Matrix changes = Matrix::Constant(n, theta.size(), std::numeric_limits<double>::quiet_NaN());
  for_row_blocks(n, 8, threads, [&](int begin, int end) {
    for (int k = begin; k < end; ++k) {
      auto const change = second_order_change(minimum, {k}, convention, inverse, first[static_cast<std::size_t>(k)]);
      if (change.solved) changes.row(k) = change.x.transpose();
    }
  });
  return changes;
}

Vector second_order_group(Minimum const& minimum, std::vector<int> const& rows, Convention convention,
                          InverseHessian const& inverse) {
  expect_plain_mean(minimum.risk);
  Vector const c = removed_gradient(minimum, rows, convention);
  if (rows.empty()) return Vector::Zero(c.size());
  return solved(second_order_change(minimum, rows, convention, inverse, inverse.solve(c)));
}

}  // namespace fisherlab::estimators::influence
