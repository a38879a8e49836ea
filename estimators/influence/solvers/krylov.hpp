#pragma once

#include <functional>

#include "estimators/influence/solvers/inverse_hessian.hpp"

namespace fisherlab::estimators::influence {

/// t -> H t for a symmetric H.
using Product = std::function<Vector(Vector const&)>;

/// H x = v by Eigen's conjugate gradients, without a preconditioner; at most `max_iterations` products.
Solution conjugate_gradient(Product const& product, Vector const& v, double tolerance, int max_iterations);

/// H x = v by x_{j+1} = v/s + (1 - H/s) x_j from x_0 = 0; s = `scale` must be above half the largest eigenvalue.
Solution lissa(Product const& product, double scale, Vector const& v, double tolerance, int max_iterations);

/// H x = v on the Krylov space of v, at most `rank` wide.
Solution lanczos(Product const& product, Vector const& v, double tolerance, int rank);

/// The ends of the spectrum of H, from a Krylov space of `steps` products with a fixed start: Rayleigh quotients, so
/// inner bounds, and `margin`, within which an eigenvalue lies near `largest`.
struct Spectrum {
  double smallest = 0;
  double largest = 0;
  double margin = 0;
};
Spectrum spectrum(Product const& product, int p, int steps);

/// Sets the residual of `solution` from its x, and whether that solves; one more product.
void check(Product const& product, Vector const& v, double tolerance, Solution& solution);

/// The sentence for t'Ht/t't = `quotient` <= 0.
std::string negative_curvature(double quotient);

}  // namespace fisherlab::estimators::influence
