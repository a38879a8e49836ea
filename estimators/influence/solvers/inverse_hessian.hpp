#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "estimators/influence/problems/risk.hpp"

namespace fisherlab::estimators::influence {

/// How H t = v is solved; see InverseHessian.
enum class Solver { cholesky, conjugate_gradient, lissa, lanczos };

/// "cholesky", "cg", "lissa", "lanczos"; the inverse gives nothing for another word.
char const* solver_text(Solver solver);
/// The solver of that word; nothing for another word.
std::optional<Solver> solver_of(std::string const& text);

/// H t = v solved, and how well. With damping d, H stands for H + d 1 throughout.
struct Solution {
  Vector x;             ///< p: the solution, or the last iterate
  int iterations = 0;   ///< products with H; 0 for Cholesky
  double residual = 0;  ///< |H x - v| / |v|, computed from x; 0 for v = 0
  bool solved = false;  ///< the residual is at most the tolerance (Cholesky: or at most what rounding makes of it)
  std::string problem;  ///< empty, or what went wrong, with its numbers: negative curvature, no convergence
};

/// Which solver, and how far it goes.
struct SolverSettings {
  Solver solver = Solver::cholesky;  ///< which
  double tolerance = 1e-10;          ///< of the residual
  int max_iterations = 0;            ///< 0: 20 p for conjugate gradients, 10,000 for LiSSA
  double damping = 0;                ///< d: solves (H + d 1) t = v; only when asked for, and then named in every row
  int rank = 0;                      ///< of Lanczos; 0: min(p, 100)
};

/// H^{-1} v at a minimum, H the Hessian of the risk. Cholesky factors H once; the others need products alone, whose
/// number a solution tells:
///   conjugate gradients: Eigen's, matrix-free; at most p steps but for rounding, about sqrt(condition number) for a
///     fixed residual;
///   LiSSA: x_{j+1} = v/s + (1 - H/s) x_j with s above the largest eigenvalue and all rows in each step, so no noise;
///     about (condition number) log(1/residual) steps;
///   Lanczos: the Krylov space of v, at most `rank` wide, with full reorthogonalisation, and the inverse of H on it
///     (Q T^{-1} Q' v, low rank); the iterates of conjugate gradients without their loss of orthogonality.
/// Negative curvature met on the way is told as a Rayleigh quotient t'Ht/t't <= 0; a solver that stops before it meets
/// any does not prove that there is none (Cholesky does). Copies are cheap and `solve` may be called from several
/// threads. The data of the risk must outlive it.
/// Source: Hestenes and Stiefel (1952), Methods of conjugate gradients for solving linear systems; Agarwal, Bullins and
/// Hazan (2017), JMLR 18(116) (LiSSA); Lanczos (1950).
class InverseHessian {
 public:
  /// @throws InputError, with numbers in it, when H + damping is not positive definite (Cholesky: smallest eigenvalue;
  /// LiSSA: a Rayleigh quotient), for a theta of another length or settings that make no sense.
  InverseHessian(Risk const& risk, Vector const& theta, SolverSettings const& settings = {});

  /// H^{-1} v for one v (p).
  Solution solve(Vector const& v) const;

  /// A solution for each column of v; the same for any number of threads (0: one a core).
  std::vector<Solution> solve_each(Matrix const& v, int threads = 0) const;

  /// As they were given.
  SolverSettings const& settings() const;

 private:
  struct Implementation;
  std::shared_ptr<Implementation const> implementation_;
};

}  // namespace fisherlab::estimators::influence
