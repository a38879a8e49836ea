#pragma once

#include <cmath>

#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Gumbel law of maxima, theta = (location, scale) = (m, s), s > 0, z = (x - m)/s, u = exp(-z):
///   log p(x; theta) = -z - u - log s,   x real.
/// Information of one observation, g Euler's constant:  [1, g - 1; g - 1, (1 - g)^2 + pi^2/6]/s^2.
/// Derivation: score = (1 - u, z (1 - u) - 1)/s; u is standard exponential, z = -log u, E u log u = 1 - g and
/// E u log^2 u = (1 - g)^2 + pi^2/6 - 1.
/// Moments: the estimate of s lies between 0 and mean - min x, that of m between min x and the mean (Jensen's
/// inequality in the likelihood equations), and every moment of x exists.
struct Gumbel {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  FISHERLAB_API static ModelCard card();

  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    return -z - exp(-z) - log(t[1]);
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const slope = 1.0 - exp(-z);
    return {slope / t[1], (z * slope - 1.0) / t[1]};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const u = exp(-z);
    Real const slope = 1.0 - u;
    Real const w = 1.0 / (t[1] * t[1]);
    return {-u * w, -(slope + z * u) * w, (1.0 - 2.0 * z * slope - z * z * u) * w};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    constexpr double a = 1.0 - euler_gamma;
    Real const w = 1.0 / (t[1] * t[1]);
    return {w, -a * w, (a * a + pi * pi / 6.0) * w};
  }

  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0] + euler_gamma * t[1];
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return (pi * pi / 6.0) * t[1] * t[1];
  }
  template <class Real>
  Real median(Theta<Real, 2> const& t) const {
    return quantile(0.5, t);
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    return t[0] - log(-log(prob)) * t[1];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 2> const& t) const {
    return -expm1(-exp((t[0] - c) / t[1]));
  }
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const {
    Lanes const scale = sqrt(6.0 * variance) / pi;
    return {mean - euler_gamma * scale, scale};
  }

  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    return t[0] - t[1] * log_positive(stream.exponential());
  }
  /// Newton in the scale alone; the location follows from it.
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;

  /// Cox and Snell's formula with the third derivatives' means, which the derivatives of Gamma at 1, 2 and 3 give; with
  /// a = 1 - g, c = pi^2/6: s (2 c^2 - 4 a c + 2 a zeta(3) - c)/(2 c^2) and -s (2 c - zeta(3))/c^2.
  /// Source of the formula: Cox and Snell (1968), J. Roy. Statist. Soc. B 30, 248-275.
  template <class Real>
  Theta<Real, 2> first_order_bias(Theta<Real, 2> const& t) const {
    constexpr double a = 1.0 - euler_gamma, c = pi * pi / 6.0, zeta_three = 1.20205690315959428540;
    return {(2 * c * c - 4 * a * c + 2 * a * zeta_three - c) / (2 * c * c) * t[1],
            -(2 * c - zeta_three) / (c * c) * t[1]};
  }
};
static_assert(RegularModel<Gumbel>);

}  // namespace fisherlab::sim
