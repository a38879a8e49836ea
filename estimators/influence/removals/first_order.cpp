#include <limits>
#include <utility>

#include "base/expects.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "estimators/influence/removals/removal_parts.hpp"

namespace fisherlab::estimators::influence {

Vector solved(Solution const& solution) {
  expects(solution.solved, solution.problem);
  return solution.x;
}

Vector removed_gradient(Minimum const& minimum, std::vector<int> const& rows, Convention convention) {
  auto const& [risk, theta] = minimum;
  int const n = risk.data->rows();
  Vector chosen = Vector::Zero(n);
  for (int const row : rows) {
    expects(row >= 0 && row < n,
            "row " + std::to_string(row) + " of a group is outside the data, which has " + std::to_string(n) + " rows");
    expects(chosen(row) == 0, "row " + std::to_string(row) + " is twice in a group, name it once");
    chosen(row) = 1;
  }
  return risk.problem.gradient(*risk.data, chosen, theta) +
         chosen.sum() * penalty_curvature(risk, convention).cwiseProduct(theta);
}

Matrix first_order_removals(Minimum const& minimum, Convention convention, InverseHessian const& inverse,
                            std::vector<Solution>* solutions, int threads) {
  auto const& [risk, theta] = minimum;
  expect_plain_mean(risk);
  int const n = risk.data->rows();
  auto found = inverse.solve_each(removed_gradients(risk, theta, convention).transpose(), threads);
  Matrix changes(n, theta.size());
  for (int k = 0; k < n; ++k) {
    auto const& solution = found[static_cast<std::size_t>(k)];
    if (solutions == nullptr) expects(solution.solved, solution.problem);
    if (solution.solved) {
      changes.row(k) = solution.x.transpose() / n;
    } else {
      changes.row(k).setConstant(std::numeric_limits<double>::quiet_NaN());
    }
  }
  if (solutions != nullptr) *solutions = std::move(found);
  return changes;
}

Vector first_order_group(Minimum const& minimum, std::vector<int> const& rows, Convention convention,
                         InverseHessian const& inverse) {
  expect_plain_mean(minimum.risk);
  return solved(inverse.solve(removed_gradient(minimum, rows, convention))) / minimum.risk.data->rows();
}

Vector self_influence(Minimum const& minimum, InverseHessian const& inverse) {
  auto const& [risk, theta] = minimum;
  Matrix const gradients = risk.problem.gradients(*risk.data, theta);
  auto const solutions = inverse.solve_each(gradients.transpose());
  Vector influence(gradients.rows());
  for (Eigen::Index k = 0; k < influence.size(); ++k)
    influence(k) = gradients.row(k).dot(solved(solutions[static_cast<std::size_t>(k)]));
  return influence;
}

}  // namespace fisherlab::estimators::influence
