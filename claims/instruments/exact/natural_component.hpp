#pragma once

#include <cstddef>
#include <optional>

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// Moments of one observation X, a single number, with the score of component a, by quadrature.
struct ScoredMoments {
  double mean = 0, variance = 0;  ///< of X
  double with_score = 0;          ///< Cov(X, s_a), the derivative of the mean
  double information = 0;         ///< E s_a^2
};
/// @throws InputError where a quadrature does not settle.
ScoredMoments scored_moments(Law const& law, std::size_t a);

/// The component of theta that moves along a natural exponential family p = exp(eta x - A(eta)) b(x), the others known:
/// that whose score is a linear function of x, (x - m)/Var X times d m/d theta_a, here and at a neighbouring theta.
/// Found by quadrature, whatever the model; nothing where there is none, or a quadrature does not settle.
std::optional<std::size_t> natural_component(Law const& law);

/// V(m) = v0 + v1 m + v2 m^2, the variance as a function of the mean m.
struct QuadraticVariance {
  double v0 = 0, v1 = 0, v2 = 0;
};

/// That of a natural exponential family along component `a`, through the moments at three theta and held to a fourth;
/// nothing where the variance function is another, or a quadrature does not settle.
std::optional<QuadraticVariance> quadratic_variance(Law const& law, std::size_t a);

}  // namespace fisherlab::claims
