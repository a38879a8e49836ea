#pragma once

#include <string>

#include "estimators/influence/risk.hpp"

namespace fisherlab::estimators::influence {

/// How far training goes.
struct TrainSettings {
  double gradient_norm = 1e-10;  ///< Euclidean norm of grad R at which a search has ended
  int max_newton = 200;
  int first_lbfgs = 0;  ///< steps of L-BFGS before Newton; for networks
};

enum class TrainStatus {
  converged,
  not_converged,         ///< out of iterations, or no step lowers the risk; the gradient norm tells how far it was
  not_positive_definite  ///< the gradient is zero and the Hessian has an eigenvalue that is not positive
};

/// A minimum of a risk.
struct Trained {
  Vector theta;
  TrainStatus status = TrainStatus::not_converged;
  double risk = 0;
  double gradient_norm = 0;
  int iterations = 0;
  double smallest_eigenvalue = 0;  ///< of the Hessian at theta, or NaN where it was not asked for
};

/// Minimises the risk from `start` by Newton steps with a trust region (exact subproblem from the eigenvalues of the
/// Hessian where it is indefinite, a Cholesky step where it is positive definite), after L-BFGS where that is asked
/// for.
/// @throws InputError when `start` has another length than theta.
Trained train(Risk const& risk, Vector const& start, TrainSettings const& settings = {});

/// The smallest eigenvalue of a symmetric matrix.
double smallest_eigenvalue(Matrix const& matrix);

/// What is wrong with a search, in one sentence with its numbers; empty when it converged.
std::string complaint(Trained const& trained);

}  // namespace fisherlab::estimators::influence
