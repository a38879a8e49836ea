#include "estimators/influence/solvers/definite.hpp"
#include "estimators/influence/solvers/krylov.hpp"

namespace fisherlab::estimators::influence {

Solution lissa(Product const& product, double scale, Vector const& v, double tolerance, int max_iterations) {
  Solution solution;
  solution.x = Vector::Zero(v.size());
  double const size = v.norm();
  // In terms of the residual r = v - H x the step v/s + (1 - H/s) x is x + r/s, and r becomes r - H r/s.
  Vector r = v;
  while (size > 0 && solution.iterations < max_iterations) {
    Vector const image = product(r);
    ++solution.iterations;
    if (double const curvature = r.dot(image); !(curvature > 0)) {
      solution.problem = negative_curvature(curvature / r.squaredNorm());
      break;
    }
    solution.x += r / scale;
    r -= image / scale;
    if (r.norm() > tolerance * size) continue;
    if (solution.iterations == max_iterations) break;
    r = v - product(solution.x);  // the recurrence may have left the true residual
    ++solution.iterations;
    if (r.norm() <= tolerance * size) break;
  }
  check(product, v, tolerance, solution);
  solution.solved = solution.solved && solution.problem.empty();
  if (!solution.solved && solution.problem.empty())
    solution.problem = "LiSSA ended after " + std::to_string(solution.iterations) + " products with residual " +
                       four_digits(solution.residual) + " above the tolerance " + four_digits(tolerance) +
                       " (its scale is " + four_digits(scale) + "), allow more iterations or use cg";
  return solution;
}

}  // namespace fisherlab::estimators::influence
