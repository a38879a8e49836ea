#pragma once

#include <array>
#include <cmath>

#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/design.hpp"

namespace fisherlab::sim {

/// Poisson regression on a random, known design: x ~ N(0, 1), y ~ Poisson(exp eta), eta = intercept + slope x;
/// theta = (intercept, slope):
///   log p(x, y; theta) = y eta - exp eta - log y! - x^2/2 - log(2 pi)/2,   x real, y = 0, 1, 2 ...
/// Information of one observation: m (1, b; b, 1 + b^2), b the slope, m = E y = exp(intercept + b^2/2).
/// Derivation: score = (y - exp eta)(1, x), hessian = -exp(eta) (1, x; x, x^2); under exp(b x - b^2/2) the design is
/// N(b, 1), so E exp(eta) x^k = m E (b + z)^k with z standard normal: m, m b, m (1 + b^2), m (b^3 + 3b).
/// Bias to first order: with E[l_rtu] = -E exp(eta) x^(r+t+u) and E[l_rt l_u] = 0, the formula of Cox and Snell gives
/// (-1/m, 0)/n. Moments: as for logistic_regression, the k-th exists for n > k + 1.
struct PoissonRegression {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 2;
  static constexpr Regularity regularity = Regularity::regular;
  template <class Real>
  using Pair = std::array<Real, 2>;

  FISHERLAB_API static ModelCard card();

  /// No |x| drawn is above 8.6, and counts must stay below 2^31.
  bool in_space(Theta<double, 2> const& t) const {
    return std::isfinite(t[0]) && std::isfinite(t[1]) && t[0] + 9.0 * abs(t[1]) < 21.0;
  }
  bool in_support(double const* x) const {
    return std::isfinite(x[0]) && std::isfinite(x[1]) && x[1] >= 0 && x[1] == std::floor(x[1]);
  }

  template <class Real>
  Real log_density(Pair<Real> const& x, Theta<Real, 2> const& t) const {
    Real const eta = t[0] + t[1] * x[0];
    return x[1] * eta - exp(eta) - lgamma(x[1] + 1.0) + log_design(x[0]);
  }
  template <class Real>
  Theta<Real, 2> score(Pair<Real> const& x, Theta<Real, 2> const& t) const {
    Real const residual = x[1] - exp(t[0] + t[1] * x[0]);
    return {residual, x[0] * residual};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Pair<Real> const& x, Theta<Real, 2> const& t) const {
    Real const mean = exp(t[0] + t[1] * x[0]);
    return {-mean, -x[0] * mean, -x[0] * x[0] * mean};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    Real const m = exp(t[0] + 0.5 * t[1] * t[1]);
    return {m, m * t[1], m * (1.0 + t[1] * t[1])};
  }
  Theta<Lanes, 2> first_order_bias(Theta<Lanes, 2> const& t) const { return {-exp(-t[0] - 0.5 * t[1] * t[1]), 0.0}; }

  FISHERLAB_API void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const;
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;
  /// The likelihood has a maximum unless some direction raises eta at no x and keeps it where y > 0: it has one if and
  /// only if counts above 0 occur at two values of x, or at one that lies strictly between others. Then Newton's method
  /// from (log mean y, 0).
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;
};
static_assert(RegularModel<PoissonRegression>);

}  // namespace fisherlab::sim
