#pragma once

#include <cmath>

#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {

/// Logistic location-scale family, theta = (location, scale), scale > 0, z = (x - location)/scale:
///   log p(x; theta) = -z - log scale - 2 log(1 + exp(-z)),   x real.
/// Information of one observation: diag(1/3, (3 + pi^2)/9)/scale^2.
/// Derivation: with h = tanh(z/2), score = (h, z h - 1)/scale, and dh/dz = (1 - h^2)/2 =: v gives
/// hessian = -[v, h + z v; h + z v, 2 z h + z^2 v - 1]/scale^2.
/// Source of the information: Johnson, Kotz and Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 23.
struct Logistic {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  static ModelCard card() {
    return {.name = "logistic",
            .title = "Logistic (location and scale)",
            .parameters = {"location", "scale"},
            .domains = {Domain::real, Domain::positive},
            .constants = {},
            .formula = "log p = -z - log scale - 2 log(1 + exp(-z)) with z = (x - location)/scale",
            .support = "x real",
            .information = "diag(1/3, (3 + pi^2)/9)/scale^2",
            .estimate = "safeguarded Newton in (location, log scale) from mean and standard deviation",
            .hypotheses = "meets all; every moment of the estimate exists for n of 2 and more",
            .source = "Johnson, Kotz and Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 23",
            .draw_problem = &draws::of_location_scale};
  }

  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    Real const a = abs((x - t[0]) / t[1]);  // symmetric in z, so exp() cannot overflow
    return -a - log(t[1]) - 2.0 * log1p(exp(-a));
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const h = tanh(0.5 * z);
    return {h / t[1], (z * h - 1.0) / t[1]};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const h = tanh(0.5 * z);
    Real const v = 0.5 * (1.0 - h * h);
    Real const w = 1.0 / (t[1] * t[1]);
    return {-v * w, -(h + z * v) * w, (1.0 - 2.0 * z * h - z * z * v) * w};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    Real const w = 1.0 / (t[1] * t[1]);
    return {w * (1.0 / 3.0), Real(0.0), w * ((3.0 + pi * pi) / 9.0)};
  }

  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    Real const u = stream.open_uniform();
    return t[0] + t[1] * (log_positive(u) - log1p(-u));
  }
  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0];
  }
  template <class Real>
  Real median(Theta<Real, 2> const& t) const {
    return t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return pi * pi / 3.0 * t[1] * t[1];
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    return t[0] + (log(prob) - log1p(-prob)) * t[1];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 2> const& t) const {
    Real const z = (c - t[0]) / t[1];
    Real const e = exp(-abs(z));
    return select(z < Real(0.0), Real(1.0), e) / (1.0 + e);
  }
  static constexpr bool symmetric = true;

  /// mean = location and variance = pi^2 scale^2/3 solved for theta.
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const {
    return {mean, sqrt(3.0 * variance) / pi};
  }
  /// Mean, and standard deviation times sqrt(3)/pi.
  FISHERLAB_API Theta<Lanes, 2> start(Sample const& sample) const;
  /// One exponential and one quotient an observation serve value, score and Hessian.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;
};
static_assert(RegularModel<Logistic>);

}  // namespace fisherlab::sim
