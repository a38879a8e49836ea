#include "estimators/influence/solvers/krylov.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/dense/symmetric.hpp"
#include "estimators/influence/solvers/definite.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// The Krylov space of `start`: H Q = Q T + off(k) q_{k+1} e_k', Q orthonormal (p x k), T tridiagonal (k x k).
class Krylov {
 public:
  Krylov(Product const& product, Vector const& start, int widest)
      : product_(&product), basis_(start.size(), widest + 1), diagonal_(widest), off_(widest) {
    basis_.col(0) = start.normalized();
  }

  int width() const { return width_; }
  auto basis() const { return basis_.leftCols(width_); }
  auto diagonal() const { return diagonal_.head(width_); }
  auto off() const { return off_.head(width_ - 1); }
  double next() const { return off_(width_ - 1); }

  /// One more direction. False when the space is invariant under H, so that T is exact on it.
  bool grow() {
    Vector image = (*product_)(basis_.col(width_));
    double const size = image.norm();
    diagonal_(width_) = basis_.col(width_).dot(image);
    for (int twice = 0; twice < 2; ++twice) {  // once more removes what rounding left
      auto const seen = basis_.leftCols(width_ + 1);
      Vector const parts = seen.transpose() * image;
      image.noalias() -= seen * parts;
    }
    double const left = image.norm();
    off_(width_) = left;
    ++width_;
    double const rounding = 10 * static_cast<double>(basis_.rows()) * std::numeric_limits<double>::epsilon();
    if (!(left > rounding * std::max(size, diagonal().cwiseAbs().maxCoeff())) || width_ >= basis_.rows()) {
      off_(width_ - 1) = 0;
      return false;
    }
    if (width_ < basis_.cols()) basis_.col(width_) = image / left;
    return true;
  }

 private:
  Product const* product_;
  Matrix basis_;
  Vector diagonal_, off_;
  int width_ = 0;
};

/// T y = e_1 by the L D L' of a tridiagonal matrix; `positive` tells whether all pivots are.
struct TridiagonalSolution {
  Vector y;
  bool positive = true;
};

TridiagonalSolution first_column(Vector const& diagonal, Vector const& off) {
  auto const k = diagonal.size();
  TridiagonalSolution result{.y = Vector::Zero(k)};
  Vector pivots(k);
  Vector& y = result.y;
  y(0) = 1;
  pivots(0) = diagonal(0);
  for (Eigen::Index i = 1; i < k; ++i) {
    pivots(i) = diagonal(i) - off(i - 1) * off(i - 1) / pivots(i - 1);
    y(i) = -off(i - 1) / pivots(i - 1) * y(i - 1);
  }
  result.positive = (pivots.array() > 0).all();
  y.array() /= pivots.array();
  for (Eigen::Index i = k - 2; i >= 0; --i) y(i) -= off(i) / pivots(i) * y(i + 1);
  return result;
}

double smallest_ritz(Vector const& diagonal, Vector const& off) { return tridiagonal_eigenvalues(diagonal, off)(0); }

}  // namespace

Solution lanczos(Product const& product, Vector const& v, double tolerance, int rank) {
  Solution solution;
  solution.x = Vector::Zero(v.size());
  if (v.norm() == 0) {
    check(product, v, tolerance, solution);
    return solution;
  }
  Krylov krylov(product, v, rank);
  TridiagonalSolution small;
  for (bool growing = true; growing && krylov.width() < rank;) {
    growing = krylov.grow();
    small = first_column(krylov.diagonal(), krylov.off());
    if (!small.positive) {
      solution.problem = negative_curvature(smallest_ritz(krylov.diagonal(), krylov.off()));
      break;
    }
    // |H x - v| / |v| = off(k) |y_k|; a tenth, as the true residual is checked against the tolerance below
    if (krylov.next() * std::abs(small.y(krylov.width() - 1)) <= 0.1 * tolerance) break;
  }
  if (small.positive) solution.x = v.norm() * (krylov.basis() * small.y);
  check(product, v, tolerance, solution);
  solution.iterations = krylov.width();
  solution.solved = solution.solved && small.positive;
  if (!solution.solved && solution.problem.empty())
    solution.problem = "Lanczos of rank " + std::to_string(krylov.width()) + " leaves a residual of " +
                       four_digits(solution.residual) + " above the tolerance " + four_digits(tolerance) +
                       ", raise the rank or use cholesky";
  return solution;
}

Spectrum spectrum(Product const& product, int p, int steps) {
  Vector start(p);
  for (int i = 0; i < p; ++i) start(i) = std::sin(i + 1.0);  // no symmetry of a problem makes it orthogonal to an end
  Krylov krylov(product, start, std::min(steps, p));
  while (krylov.width() < std::min(steps, p) && krylov.grow()) {
  }
  auto const ritz = tridiagonal_eigensystem(krylov.diagonal(), krylov.off());
  auto const last = ritz.values.size() - 1;
  return {.smallest = ritz.values(0),
          .largest = ritz.values(last),
          .margin = krylov.next() * std::abs(ritz.vectors(last, last))};
}

void check(Product const& product, Vector const& v, double tolerance, Solution& solution) {
  double const size = v.norm();
  solution.residual = size == 0 ? solution.x.norm() : (product(solution.x) - v).norm() / size;
  solution.solved = solution.residual <= tolerance;
}

std::string negative_curvature(double quotient) {
  if (std::isnan(quotient)) return "a product with the Hessian is not a number, train again from another start";
  return "the Hessian is not positive definite (t'Ht/t't = " + four_digits(quotient) +
         " along a direction of the search), train to a minimum, raise the penalty or ask for damping";
}

}  // namespace fisherlab::estimators::influence
