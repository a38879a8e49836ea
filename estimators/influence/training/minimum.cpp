#include <algorithm>

#include "base/expects.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "estimators/influence/removals/removal_parts.hpp"
#include "estimators/influence/solvers/definite.hpp"
#include "estimators/influence/training/unit_free.hpp"

namespace fisherlab::estimators::influence {

Minimum checked_minimum(Risk const& risk, Trained const& trained, double gradient_norm) {
  expects(trained.theta.size() == risk.problem.penalised().size(),
          "theta has another length than the problem, train it");
  // Of the theta at hand, not the word of the search that found it.
  double const norm = risk.gradient(trained.theta).norm();
  if (!(norm <= gradient_norm)) {
    constexpr double allowed = 1e-6;
    double const relative = detail::relative_gradient(risk, trained.theta);
    expects(relative <= allowed, "the gradient of the risk is not zero (it is " + four_digits(relative) +
                                     " of its rows' gradients, allowed is " + four_digits(allowed) +
                                     "), influence is defined at a minimum alone; train further or raise the penalty");
  }
  Matrix const hessian = risk.hessian(trained.theta);
  if (!cholesky_factor(hessian)) refuse_indefinite(hessian, "the Hessian");
  return {risk, trained.theta};
}

void expect_plain_mean(Risk const& risk) {
  double const weight = 1.0 / risk.data->rows();
  expects(risk.weights.size() == risk.data->rows() && ((risk.weights.array() - weight).abs() <= 1e-12 * weight).all(),
          "the weights of the risk are not all 1/n (removals are derived for a plain mean), use mean_risk");
}

Vector penalty_curvature(Risk const& risk, Convention convention) {
  Vector const penalised = risk.problem.penalised();
  if (convention == Convention::total) return Vector::Zero(penalised.size());
  return risk.l2 * penalised;
}

Vector reliability(Matrix const& first_order, Matrix const& second_order) {
  expects(first_order.rows() == second_order.rows() && first_order.cols() == second_order.cols(),
          "the first-order and second-order removals have different shapes, give both of the same minimum");
  Vector ratio(first_order.rows());
  for (Eigen::Index k = 0; k < ratio.size(); ++k) {
    double const second = (second_order.row(k) - first_order.row(k)).norm();
    ratio(k) = second == 0 ? 0 : second / first_order.row(k).norm();
  }
  return ratio;
}

Vector test_gradient(AnyProblem const& problem, Data const& test, Vector const& theta) {
  expects(test.rows() > 0, "there are no test rows, give at least one");
  return problem.gradient(test, Vector::Constant(test.rows(), 1.0 / test.rows()), theta);
}

}  // namespace fisherlab::estimators::influence
