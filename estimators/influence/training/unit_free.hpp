#pragma once

#include <optional>

#include "estimators/influence/problems/risk.hpp"

namespace fisherlab::estimators::influence::detail {

/// How near theta is to a minimum, whatever the units of inputs, target and parameters:
///   sqrt( g'H^{-1}g / sum_i w_i g_i'H^{-1}g_i ),   g = grad R, g_i = grad L(z_i) + l2 m . theta, weights summing to 1.
/// About the distance in standard errors over sqrt(n p); 1 where all rows pull the same way. NaN where H, scaled to
/// unit diagonal, is not positive definite beyond rounding.
double relative_gradient(Risk const& risk, Vector const& theta);

/// Newton's steps from theta with H scaled to unit diagonal, until the relative gradient is below 1e-8, or rounding
/// lets the decrement g'H^{-1}g fall no further and it is below 1e-6; where the fit is perfect, so that the rows'
/// gradients are rounding too, until the decrement is rounding (1e-24) of what it was at the start of the problem and
/// the steps are of theta. Nothing where that is not reached in `most` steps. Adds the steps taken to `iterations`.
std::optional<Vector> settle(Risk const& risk, Vector theta, int most, int& iterations);

}  // namespace fisherlab::estimators::influence::detail
