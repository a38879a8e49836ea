#include <limits>

#include "base/expects.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "estimators/influence/removals/removal_parts.hpp"
#include "estimators/influence/solvers/definite.hpp"

namespace fisherlab::estimators::influence {

bool has_leverage(Minimum const& minimum) {
  auto const& [risk, theta] = minimum;
  auto const factor = risk.problem.curvature_factor(*risk.data, 0, theta);
  return factor && factor->cols() == 1;
}

Leverage leverages(Minimum const& minimum) {
  auto const& [risk, theta] = minimum;
  expect_plain_mean(risk);
  int const n = risk.data->rows();
  auto const& problem = risk.problem;
  Matrix roots(theta.size(), n);  // column k: sqrt(L''(eta_k)) z_k
  for (int k = 0; k < n; ++k) {
    auto const factor = problem.curvature_factor(*risk.data, k, theta);
    expects(factor && factor->cols() == 1, "problem " + std::string(problem.name()) +
                                               " has no scalar linear predictor, leverages are defined for linear, "
                                               "logistic and poisson");
    roots.col(k) = *factor;
  }
  Matrix const hessian = risk.hessian(theta);
  auto const factor = cholesky_factor(hessian);
  if (!factor) refuse_indefinite(hessian, "the Hessian");
  auto const lower = factor->triangularView<Eigen::Lower>();
  Vector const h = lower.solve(roots).colwise().squaredNorm().transpose() / n;
  // grad L = -(y - mu) z, so r_k^2 h_kk = (y - mu)^2 z'H^{-1}z/n without a division by L''(eta), which may underflow.
  Vector const scaled_squares =
      lower.solve(problem.gradients(*risk.data, theta).transpose()).colwise().squaredNorm().transpose() / n;
  double const p = h.sum();
  // The linear loss is r^2/2.
  double const dispersion = problem.name() == "linear" ? 2 * problem.losses(*risk.data, theta).sum() / (n - p) : 1;
  Leverage result{.leverage = h, .cook = Vector(n)};
  for (int k = 0; k < n; ++k) {
    double const rest = 1 - h(k);
    result.cook(k) =
        rest > 1e-10 ? scaled_squares(k) / (dispersion * p * rest * rest) : std::numeric_limits<double>::quiet_NaN();
  }
  return result;
}

}  // namespace fisherlab::estimators::influence
