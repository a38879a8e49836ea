#include "estimators/influence/training/chord.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "base/dense/cholesky.hpp"
#include "base/expects.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr double enough_fall = 0.2;         ///< of the gradient norm in one step
constexpr double longest_last_step = 1e-3;  ///< over 1 + |theta|, as in `train`
constexpr double least_left = 1e-12;        ///< of the curvature in any direction; what is below is rounding

/// F (p x r) with F F' = a, a positive semidefinite, by Cholesky with the largest diagonal first; nothing when the rank
/// is above `limit`. What it leaves out is below 1e-12 of the largest entry: it serves steps, not results.
std::optional<Matrix> low_rank_factor(Matrix const& a, Eigen::Index limit) {
  Vector left = a.diagonal();
  double const negligible = 1e-12 * left.maxCoeff();
  Matrix factor(a.rows(), limit);
  for (Eigen::Index r = 0;; ++r) {
    Eigen::Index pivot = 0;
    double const top = left.maxCoeff(&pivot);
    if (!(top > negligible)) return factor.leftCols(r);
    if (r == limit) return std::nullopt;
    factor.col(r) = a.col(pivot);
    factor.col(r).noalias() -= factor.leftCols(r) * factor.row(pivot).head(r).transpose();
    factor.col(r) /= std::sqrt(top);
    left -= factor.col(r).cwiseAbs2();
  }
}

/// F (p x r) with F F' = sum_k w_k grad^2 L(z_k) over the rows, from the factors that the problem has of each; nothing
/// where it has none or r would be above `limit`.
std::optional<Matrix> factor_of_rows(AnyProblem const& problem, Data const& data, std::vector<int> const& rows,
                                     Vector const& w, Vector const& theta, Eigen::Index limit) {
  Matrix factor(theta.size(), limit);
  Eigen::Index rank = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    auto const own = problem.curvature_factor(data, rows[k], theta);
    if (!own || rank + own->cols() > limit) return std::nullopt;
    factor.middleCols(rank, own->cols()) = std::sqrt(w[static_cast<Eigen::Index>(k)]) * *own;
    rank += own->cols();
  }
  return factor.leftCols(rank);
}

}  // namespace

struct Chord::Full {
  Minimum const& minimum;
  Matrix hessian;
  Cholesky cholesky;  ///< L L' = H
};

/// Solves with s (H - F F') = s L (1 - A A') L', A = L^{-1} F, through
/// (1 - A A')^{-1} = 1 + A (1 - A' A)^{-1} A', or with a factor of its own where F would be wide.
class Chord::Factor {
 public:
  explicit Factor(Matrix const& reduced_hessian) : own_(std::in_place, reduced_hessian) {
    sound_ = own_->positive_definite() && own_->reciprocal_condition() > least_left;
  }
  Factor(Cholesky const& full, double growth, Matrix factor) : full_(&full), growth_(growth), a_(std::move(factor)) {
    sound_ = true;
    if (a_.cols() == 0) return;
    a_ = full.solve_lower(std::move(a_));
    small_.emplace(Matrix::Identity(a_.cols(), a_.cols()) - a_.transpose() * a_);
    sound_ = small_->positive_definite() && small_->smallest_pivot() > least_left;
  }

  bool sound() const { return sound_; }

  Vector solve(Vector const& v) const {
    if (own_) return own_->solve(v);
    Vector x = full_->solve_lower(v);
    if (small_) x += a_ * small_->solve(Vector(a_.transpose() * x));
    return full_->solve_upper(std::move(x)) / growth_;
  }

 private:
  Cholesky const* full_ = nullptr;
  double growth_ = 1;
  Matrix a_;
  std::optional<Cholesky> small_;
  std::optional<Cholesky> own_;  ///< in place of the corrected one
  bool sound_ = false;
};

Chord::Chord(Minimum const& minimum) {
  Matrix hessian = minimum.risk.hessian(minimum.theta);
  Cholesky cholesky(hessian);
  expects(cholesky.positive_definite(),
          "refits need a minimum (the Hessian there is not positive definite), add a penalty or train further");
  full_ = std::make_shared<Full const>(Full{minimum, std::move(hessian), std::move(cholesky)});
}

Chord::Factor Chord::factor_without(Risk const& reduced, std::vector<int> const& rows) const {
  auto const& [risk, theta] = full_->minimum;
  if (rows.empty()) return Factor(full_->cholesky, 1, Matrix(theta.size(), 0));
  Vector const before = risk.weights(rows);
  Vector const after = reduced.weights(rows);
  double const growth = (reduced.weights.sum() - after.sum()) / (risk.weights.sum() - before.sum());
  Vector const removed = before - after / growth;
  Eigen::Index const limit = theta.size() / 4;  // wider, and a factor of its own is the cheaper
  auto factor = factor_of_rows(risk.problem, *risk.data, rows, removed, theta, limit);
  Matrix curvature;
  if (!factor) {
    curvature = risk.problem.hessian(rows_of(*risk.data, rows), removed, theta);
    factor = low_rank_factor(curvature, limit);
  }
  if (factor) {
    Factor corrected(full_->cholesky, growth, std::move(*factor));
    if (corrected.sound()) return corrected;
  }
  if (curvature.size() == 0) curvature = risk.problem.hessian(rows_of(*risk.data, rows), removed, theta);
  Matrix hessian = growth * (full_->hessian - curvature);
  hessian.diagonal() += (1 - growth) * risk.l2 * risk.problem.penalised();
  return Factor(hessian);
}

std::optional<Trained> Chord::minimise(Risk const& reduced, std::vector<int> const& rows, double gradient_norm,
                                       Vector& last) const {
  last = full_->minimum.theta;
  Factor const factor = factor_without(reduced, rows);
  if (!factor.sound()) return std::nullopt;
  Trained trained;
  trained.theta = last;
  Vector gradient = reduced.gradient(last);
  trained.gradient_norm = gradient.norm();
  // The step from a gradient below the goal is free of a further gradient and takes most of the error left.
  while (trained.gradient_norm > gradient_norm) {
    trained.theta = last - factor.solve(gradient);
    gradient = reduced.gradient(trained.theta);
    ++trained.iterations;
    double const norm = gradient.norm();
    if (norm < trained.gradient_norm) last = trained.theta;
    if (!(norm <= gradient_norm || norm <= enough_fall * trained.gradient_norm)) return std::nullopt;
    trained.gradient_norm = norm;
  }
  Vector const step = factor.solve(gradient);
  trained.newton_step = step.norm();
  if (!(trained.newton_step <= longest_last_step * (1 + last.norm()))) return std::nullopt;  // theta runs away
  trained.theta -= step;
  ++trained.iterations;
  trained.status = TrainStatus::converged;
  trained.risk = reduced.value(trained.theta);
  return trained;
}

}  // namespace fisherlab::estimators::influence
