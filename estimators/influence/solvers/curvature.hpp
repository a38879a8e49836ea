#pragma once

#include <memory>

#include "estimators/influence/problems/data.hpp"

namespace fisherlab::estimators::influence::detail {

/// A symmetric Hessian H prepared for steps of several radii: its Cholesky factor or, where it has none, its
/// eigenvalues and what turns a vector into the coordinates of its eigenvectors.
class Curvature {
 public:
  explicit Curvature(Matrix hessian);

  /// H has a Cholesky factor and no eigenvalue below rounding, p 2e-16 of the largest.
  bool positive_definite() const;
  /// An eigenvalue lies below zero by more than rounding.
  bool indefinite() const;
  double smallest_eigenvalue() const;

  /// H^{-1} g. Only where H is positive definite.
  Vector solve(Vector const& gradient) const;

  /// The step of length at most `radius` (finite where H is not positive definite) that lowers g's + s'Hs/2: Powell's
  /// dogleg where H is positive definite, else the exact minimiser. Flat directions that the gradient does not see are
  /// left alone. Source: Nocedal and Wright (2006), Numerical Optimization, sections 4.1 and 4.3.
  Vector step(Vector const& gradient, double radius) const;

  /// -(g's + s'Hs/2).
  double gain(Vector const& gradient, Vector const& step) const;

 private:
  struct Implementation;
  std::shared_ptr<Implementation const> implementation_;
};

}  // namespace fisherlab::estimators::influence::detail
