#pragma once

#include <limits>
#include <string>

#include "estimators/influence/problems/risk.hpp"

namespace fisherlab::estimators::influence {

/// How far training goes.
struct TrainSettings {
  double gradient_norm = 1e-10;  ///< Euclidean norm of grad R at which a search has ended
  int max_newton = 200;          ///< steps of Newton
  int first_lbfgs = 0;           ///< steps of L-BFGS before Newton; for networks
  bool eigenvalue = false;       ///< asks for the smallest eigenvalue of the Hessian at the end
};

/// How a search ended.
enum class TrainStatus {
  converged,
  not_converged,         ///< out of iterations, or no step lowers the risk; the gradient norm tells how far it was
  not_positive_definite  ///< the gradient is zero and the Hessian has an eigenvalue that is not positive
};

/// A minimum of a risk.
struct Trained {
  Vector theta;                                     ///< where it ended
  TrainStatus status = TrainStatus::not_converged;  ///< how it ended
  double risk = 0;                                  ///< R(theta)
  double gradient_norm = 0;                         ///< |grad R(theta)|
  int iterations = 0;                               ///< steps of L-BFGS and Newton
  double smallest_eigenvalue =
      std::numeric_limits<double>::quiet_NaN();  ///< of the Hessian at theta, or NaN where it was not asked for
  double newton_step =
      std::numeric_limits<double>::quiet_NaN();  ///< |H^{-1} grad R| at theta; NaN where H is not positive definite
  double relative_gradient =
      std::numeric_limits<double>::quiet_NaN();  ///< unit_free.hpp, where the search failed and H allows it
};

/// Minimises the risk from `start` by Newton steps with a trust region, after L-BFGS where that is asked for: Powell's
/// dogleg where the Hessian has a Cholesky factor, else the exact subproblem from its eigenvalues, so that a saddle is
/// left along its negative curvature. Where the risk no longer resolves the gain of a step, a Newton step is accepted
/// when it lowers the gradient norm. A search has converged when the gradient norm is at most the one asked for, the
/// Hessian is positive definite (no eigenvalue below rounding, p 2e-16 of the largest) and the Newton step that is left
/// is below 1e-3 (1 + |theta|): without the last, separated classes, whose gradient tends to zero as theta runs away,
/// would pass for a minimum.
///
/// None of this may hang on units. A gradient of a small norm must be small beside the gradients of the rows too, and a
/// search that rounding stops above the norm asked for goes on with the Hessian scaled to unit diagonal, to a gradient
/// that is zero without units (unit_free.hpp).
/// Source: Nocedal and Wright (2006), Numerical Optimization, algorithms 4.1 (trust region), 4.3 (exact subproblem),
/// 7.4 and 7.5 (L-BFGS), section 4.1 (dogleg).
/// @throws InputError when `start` has another length than theta.
Trained train(Risk const& risk, Vector const& start, TrainSettings const& settings = {});

/// The smallest eigenvalue of a symmetric matrix.
double smallest_eigenvalue(Matrix const& matrix);

/// What is wrong with a search, in one sentence with its numbers; empty when it converged.
std::string complaint(Trained const& trained);

}  // namespace fisherlab::estimators::influence
