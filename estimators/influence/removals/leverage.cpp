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

/// What all rows say together, and of each row all but its z.
struct Whole {
  Matrix information;                     ///< E with its penalty
  Vector expected, score, half_deviance;  ///< n, as in PredictorRows
};

PredictorRows rows_in(Minimum const& minimum, int first, int last) {
  auto const& [risk, theta] = minimum;
  return *risk.problem.predictor_rows(stretch_of(*risk.data, first, last), theta);
}

Whole whole_of(Minimum const& minimum) {
  Risk const& risk = minimum.risk;
  auto const n = static_cast<Eigen::Index>(risk.data->rows()), p = minimum.theta.size();
  Whole whole{Matrix::Zero(p, p), Vector(n), Vector(n), Vector(n)};
  for_stretches(risk.data->rows(), [&](int first, int last) {
    auto const rows = rows_in(minimum, first, last);
    whole.information += rows.z.transpose() * rows.expected.asDiagonal() * rows.z;
    whole.expected.segment(first, last - first) = rows.expected;
    whole.score.segment(first, last - first) = rows.score;
    whole.half_deviance.segment(first, last - first) = rows.half_deviance;
  });
  whole.information /= static_cast<double>(n);
  whole.information.diagonal() += risk.l2 * risk.problem.penalised();
  return whole;
}

/// What dfbetas have of all rows.
struct Deviances {
  double sum;      ///< of all rows
  double degrees;  ///< n - (the sum of the leverages) - 1
};

/// Of row k: what E^{-1} z_k over the standard deviations is multiplied by.
double dfbetas_factor(Whole const& whole, Deviances const& deviances, double h, Eigen::Index k) {
  double const rest = 1 - h, square = 2 * std::fmax(whole.half_deviance[k], 0.0);
  double const variance = (deviances.sum - square / rest) / deviances.degrees;
  bool const is_defined = rest > least_rest && deviances.degrees > 1e-9 && variance > 0;
  double const d = std::copysign(std::sqrt(square), whole.score[k]);
  auto const n = static_cast<double>(whole.score.size());
  return is_defined ? std::sqrt(whole.expected[k]) * d / (n * rest * std::sqrt(variance)) : nan;
}

}  // namespace

bool has_leverage(Minimum const& minimum) {
  auto const& [risk, theta] = minimum;
  return risk.problem.predictor_rows(rows_of(*risk.data, {0}), theta).has_value();
}

Leverage leverages(Minimum const& minimum, bool with_dfbetas) {
  auto const& [risk, theta] = minimum;
  expect_plain_mean(risk);
  expects(has_leverage(minimum), "problem " + std::string(risk.problem.name()) +
                                     " has no scalar linear predictor, leverages are defined for linear, logistic, "
                                     "poisson and negative_binomial");
  auto const whole = whole_of(minimum);
  auto const factor = cholesky_factor(whole.information);
  if (!factor) refuse_indefinite(whole.information, "the information");
  auto const lower = factor->triangularView<Eigen::Lower>();
  Eigen::Index const n = risk.data->rows();
  Vector squares(n);  // z'E^-1 z/n
  Matrix solved(with_dfbetas ? theta.size() : 0, with_dfbetas ? n : 0);
  for_stretches(static_cast<int>(n), [&](int first, int last) {
    Matrix const half = lower.solve(rows_in(minimum, first, last).z.transpose());
    squares.segment(first, last - first) = half.colwise().squaredNorm().transpose() / static_cast<double>(n);
    if (with_dfbetas) solved.middleCols(first, last - first) = lower.transpose().solve(half);
  });
  Vector const h = whole.expected.cwiseProduct(squares);
  double const p = h.sum();
  // The linear loss is r^2/2.
  bool const is_linear = risk.problem.name() == "linear";
  double const dispersion = is_linear ? 2 * whole.half_deviance.sum() / (static_cast<double>(n) - p) : 1;
  Leverage result{.leverage = h, .cook = Vector(n), .dfbetas = {}};
  for (Eigen::Index k = 0; k < n; ++k) {
    // r^2 h = score^2 z'E^-1 z/n, without a division by the expected weight, which may underflow.
    double const rest = 1 - h[k];
    result.cook[k] =
        rest > least_rest ? whole.score[k] * whole.score[k] * squares[k] / (dispersion * p * rest * rest) : nan;
  }
  if (!with_dfbetas) return result;
  Matrix const inverse = lower.solve(Matrix::Identity(theta.size(), theta.size()));
  Vector const variances = inverse.colwise().squaredNorm().transpose() / static_cast<double>(n);
  Deviances const deviances{2 * whole.half_deviance.cwiseMax(0).sum(), static_cast<double>(n) - p - 1};
  result.dfbetas.resize(n, theta.size());
  for (Eigen::Index k = 0; k < n; ++k)
    result.dfbetas.row(k) =
        (dfbetas_factor(whole, deviances, h[k], k) * solved.col(k).array() / variances.array().sqrt()).transpose();
  return result;
}

}  // namespace fisherlab::estimators::influence
