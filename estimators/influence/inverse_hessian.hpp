#pragma once

#include <memory>
#include <optional>
#include <string>

#include "estimators/influence/risk.hpp"

namespace fisherlab::estimators::influence {

enum class Solver { cholesky, conjugate_gradient, lissa, lanczos };

/// "cholesky", "cg", "lissa", "lanczos"; the inverse gives nothing for another word.
char const* solver_text(Solver solver);
std::optional<Solver> solver_of(std::string const& text);

/// H t = v solved, and how well.
struct Solution {
  Vector x;
  int iterations = 0;   ///< products with H; 0 for Cholesky
  double residual = 0;  ///< |H x - v| / |v|
  bool solved = false;  ///< the residual is at most the tolerance
  std::string problem;  ///< empty, or what went wrong, with its numbers: negative curvature, no convergence
};

struct SolverSettings {
  Solver solver = Solver::cholesky;
  double tolerance = 1e-10;  ///< of the residual
  int max_iterations = 0;    ///< 0: 20 p for conjugate gradients, 10,000 for LiSSA
  double damping = 0;        ///< d: solves (H + d 1) t = v; only when asked for, and then named in every row
  int rank = 0;              ///< of Lanczos; 0: min(p, 100)
};

/// H^{-1} v at a minimum, H the Hessian of the risk. Cholesky factors H once; the others need products alone:
/// conjugate gradients (Eigen's, matrix-free; at most p steps but for rounding, about sqrt(condition number) for a
/// fixed residual), LiSSA x_{j+1} = v/s + (1 - H/s) x_j with s above the largest eigenvalue (all rows in each step, so
/// no noise), Lanczos with full reorthogonalisation and the inverse on its Krylov space. Copies are cheap and `solve`
/// may be called from several threads. Source: Hestenes and Stiefel (1952), Methods of conjugate gradients for solving
/// linear systems; Agarwal, Bullins and Hazan (2017), JMLR 18(116) (LiSSA); Lanczos (1950).
class InverseHessian {
 public:
  /// @throws InputError, with numbers in it, when H + damping is not positive definite (Cholesky: smallest eigenvalue).
  InverseHessian(Risk const& risk, Vector const& theta, SolverSettings const& settings = {});

  Solution solve(Vector const& v) const;
  SolverSettings const& settings() const;

 private:
  struct Implementation;
  std::shared_ptr<Implementation const> implementation_;
};

}  // namespace fisherlab::estimators::influence
