#include "estimators/influence/training/unit_free.hpp"

#include <cmath>
#include <limits>

#include "base/dense/cholesky.hpp"

namespace fisherlab::estimators::influence::detail {
namespace {

constexpr double settled = 1e-16;       ///< decrement over that of the rows
constexpr double stalled = 1e-12;       ///< the same, where rounding stops the search
constexpr double rounding = 1e-24;      ///< decrement over that of the rows at the start
constexpr double rounding_step = 1e-6;  ///< of theta, in units of the scaled parameters
constexpr double least_condition = 1e-14;

/// The Hessian at one theta in parameters scaled so that its diagonal is 1: free of units.
class Scaled {
 public:
  Scaled(Risk const& risk, Vector const& theta) : gradient_(risk.gradient(theta)) {
    Matrix const hessian = risk.hessian(theta);
    if (!hessian.allFinite() || !(hessian.diagonal().array() > 0).all()) return;
    scale_ = hessian.diagonal().cwiseSqrt();
    Vector const inverse = scale_.cwiseInverse();
    factor_.emplace(inverse.asDiagonal() * hessian * inverse.asDiagonal());
    if (!factor_->positive_definite() || !(factor_->reciprocal_condition() > least_condition)) factor_.reset();
  }

  bool sound() const { return factor_.has_value(); }
  /// g'H^{-1}g.
  double decrement() const { return factor_->solve_lower(scaled(gradient_)).squaredNorm(); }
  /// -H^{-1}g.
  Vector step() const { return -factor_->solve(scaled(gradient_)).cwiseQuotient(scale_); }
  /// |theta| in the scaled parameters.
  double length(Vector const& theta) const { return theta.cwiseProduct(scale_).norm(); }

  /// sum_i w_i g_i'H^{-1}g_i, the weights scaled to sum to 1.
  double of_rows(Risk const& risk, Vector const& theta) const {
    Vector squares(risk.weights.size());
    for_stretches(risk.data->rows(), [&](int first, int last) {
      Matrix const rows = removed_gradients(risk, stretch_of(*risk.data, first, last), theta, Convention::mean);
      Matrix const whitened = factor_->solve_lower(Matrix(scale_.cwiseInverse().asDiagonal() * rows.transpose()));
      squares.segment(first, last - first) = whitened.colwise().squaredNorm();
    });
    return (risk.weights.array() == 0).select(0, risk.weights.cwiseProduct(squares)).sum() / risk.weights.sum();
  }

 private:
  Vector scaled(Vector const& v) const { return v.cwiseQuotient(scale_); }

  Vector gradient_, scale_;
  std::optional<Cholesky> factor_;
};

/// theta moved along the step, halved until the risk falls by enough or, where the risk does not resolve that, the
/// decrement halves; nothing where neither does.
std::optional<Vector> moved(Risk const& risk, Scaled const& here, Vector const& theta, Vector const& step) {
  double const value = risk.value(theta), decrement = here.decrement();
  double fraction = 1;
  for (int k = 0; k < 40; ++k, fraction *= 0.5) {
    Vector next = theta + fraction * step;
    double const fall = value - risk.value(next);
    if (fall > 1e-4 * fraction * decrement && fall > 1e-12 * std::abs(value)) return next;
    if (!(fall > -1e-12 * std::abs(value))) continue;
    Scaled const there(risk, next);
    if (there.sound() && there.decrement() < 0.5 * decrement) return next;
    if (k > 2) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

double relative_gradient(Risk const& risk, Vector const& theta) {
  Scaled const here(risk, theta);
  if (!here.sound()) return std::numeric_limits<double>::quiet_NaN();
  double const decrement = here.decrement();
  return decrement == 0 ? 0 : std::sqrt(decrement / here.of_rows(risk, theta));
}

std::optional<Vector> settle(Risk const& risk, Vector theta, int most, int& iterations) {
  Vector const start = risk.problem.start(0);
  Scaled const first(risk, start);
  double const at_start = first.sound() ? first.of_rows(risk, start) : 0;
  for (int k = 0;; ++k) {
    Scaled const here(risk, theta);
    if (!here.sound()) return std::nullopt;
    double const decrement = here.decrement();
    double const rows = here.of_rows(risk, theta);
    Vector const step = here.step();
    bool const perfect = decrement <= rounding * at_start && here.length(step) <= rounding_step * here.length(theta);
    if (decrement <= settled * rows || perfect) return theta;
    if (k >= most) return std::nullopt;
    auto next = moved(risk, here, theta, step);
    if (!next) return decrement <= stalled * rows ? std::optional(theta) : std::nullopt;
    theta = std::move(*next);
    ++iterations;
  }
}

}  // namespace fisherlab::estimators::influence::detail
