#include <cmath>
#include <limits>

#include "base/expects.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "estimators/influence/removals/removal_parts.hpp"
#include "estimators/influence/solvers/definite.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double least_rest = 1e-10;  ///< of 1 - h

/// E with its penalty.
Matrix expected_information(Risk const& risk, PredictorRows const& rows) {
  double const n = static_cast<double>(rows.z.rows());
  Matrix e = rows.z.transpose() * rows.expected.asDiagonal() * rows.z / n;
  e.diagonal() += risk.l2 * risk.problem.penalised();
  return e;
}

/// `solved`: E^{-1} z_k, p x n; `variances`: the diagonal of E^{-1}/n; `p`: the sum of the leverages.
Matrix dfbetas_of(PredictorRows const& rows, Matrix const& solved, Vector const& variances, Vector const& h) {
  auto const n = static_cast<double>(h.size());
  double const deviance = 2 * rows.half_deviance.cwiseMax(0).sum(), degrees = n - h.sum() - 1;
  Matrix result(h.size(), solved.rows());
  for (Eigen::Index k = 0; k < h.size(); ++k) {
    double const rest = 1 - h[k], square = 2 * std::fmax(rows.half_deviance[k], 0.0);
    double const variance = (deviance - square / rest) / degrees;
    bool const is_defined = rest > least_rest && degrees > 1e-9 && variance > 0;
    double const d = std::copysign(std::sqrt(square), rows.score[k]);
    double const factor = is_defined ? std::sqrt(rows.expected[k]) * d / (n * rest * std::sqrt(variance)) : nan;
    result.row(k) = (factor * solved.col(k).array() / variances.array().sqrt()).transpose();
  }
  return result;
}

}  // namespace

bool has_leverage(Minimum const& minimum) {
  auto const& [risk, theta] = minimum;
  return risk.problem.predictor_rows(rows_of(*risk.data, {0}), theta).has_value();
}

Leverage leverages(Minimum const& minimum) {
  auto const& [risk, theta] = minimum;
  expect_plain_mean(risk);
  auto const rows = risk.problem.predictor_rows(*risk.data, theta);
  expects(rows.has_value(), "problem " + std::string(risk.problem.name()) +
                                " has no scalar linear predictor, leverages are defined for linear, logistic, poisson "
                                "and negative_binomial");
  auto const n = rows->z.rows();
  Matrix const information = expected_information(risk, *rows);
  auto const factor = cholesky_factor(information);
  if (!factor) refuse_indefinite(information, "the information");
  auto const lower = factor->triangularView<Eigen::Lower>();
  Matrix const half = lower.solve(rows->z.transpose());  // p x n
  Vector const squares = half.colwise().squaredNorm().transpose() / static_cast<double>(n);
  Vector const h = rows->expected.cwiseProduct(squares);
  double const p = h.sum();
  // The linear loss is r^2/2.
  bool const is_linear = risk.problem.name() == "linear";
  double const dispersion = is_linear ? 2 * rows->half_deviance.sum() / (static_cast<double>(n) - p) : 1;
  Leverage result{.leverage = h, .cook = Vector(n), .dfbetas = {}};
  for (Eigen::Index k = 0; k < n; ++k) {
    // r^2 h = score^2 z'E^-1 z/n, without a division by the expected weight, which may underflow.
    double const rest = 1 - h[k];
    result.cook[k] =
        rest > least_rest ? rows->score[k] * rows->score[k] * squares[k] / (dispersion * p * rest * rest) : nan;
  }
  Matrix const inverse = lower.solve(Matrix::Identity(theta.size(), theta.size()));
  Vector const variances = inverse.colwise().squaredNorm().transpose() / static_cast<double>(n);
  result.dfbetas = dfbetas_of(*rows, lower.transpose().solve(half), variances, h);
  return result;
}

}  // namespace fisherlab::estimators::influence
