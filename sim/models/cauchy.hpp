#pragma once

#include <cmath>

#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/models/parts/location_start.hpp"

namespace fisherlab::sim {

/// Cauchy location-scale family, theta = (location, scale), scale > 0, z = (x - location)/scale:
///   log p(x; theta) = -log pi - log scale - log(1 + z^2),   x real.
/// Information of one observation: diag(1, 1)/(2 scale^2).
/// Derivation: with w = 1/(1 + z^2), score = (2 z w, (z^2 - 1) w)/scale and
/// hessian = -w^2 [2 (1 - z^2), 4 z; 4 z, z^4 + 4 z^2 - 1]/scale^2; with z = tan(a/2), w = cos^2(a/2), a uniform.
/// For fixed scale the likelihood may have several maxima in the location; jointly the maximum is unique for n of 3
/// and more with distinct values. Source: Copas (1975), Biometrika 62, 701-704.
/// Moments: the estimate goes far out only with half of the sample, which has probability of the order of t^(-n/2)
/// beyond t, so its k-th moment exists for k < n/2.
struct Cauchy {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  static constexpr int start_count = location_start_count;

  static ModelCard card() {
    return {
        .name = "cauchy",
        .title = "Cauchy (location and scale)",
        .parameters = {"location", "scale"},
        .domains = {Domain::real, Domain::positive},
        .constants = {},
        .formula = "log p = -log pi - log scale - log(1 + z^2) with z = (x - location)/scale",
        .support = "x real",
        .information = "diag(1, 1)/(2 scale^2)",
        .estimate =
            "safeguarded Newton in (location, log scale) from three starts, the highest maximum taken: median, lower "
            "and upper quartile, with half the interquartile range",
        .hypotheses = "meets all; the k-th moment of the estimate exists for n > 2k; observations have no mean",
        .moments = {.grows = false},
        .source = "Copas (1975), Biometrika 62, 701-704, for the unique joint maximum",
        .draw_problem = &draws::of_location_scale};
  }

  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    return -log(t[1]) - log1p(z * z) - log_pi;
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const w = 1.0 / (1.0 + z * z);
    return {2.0 * z * w / t[1], (z * z - 1.0) * w / t[1]};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const zz = z * z;
    Real const w = 1.0 / ((1.0 + zz) * t[1]);
    Real const ww = w * w;
    return {-2.0 * (1.0 - zz) * ww, -4.0 * z * ww, (1.0 - 4.0 * zz - zz * zz) * ww};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    Real const w = 0.5 / (t[1] * t[1]);
    return {w, Real(0.0), w};
  }

  /// cot(pi u) for uniform u in (0, 1), where sin(pi u) > 0.
  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    Real s, c;
    sincos_pi(stream.open_uniform(), s, c);
    return t[0] + t[1] * (c / s);
  }
  template <class Real>
  Real median(Theta<Real, 2> const& t) const {
    return t[0];
  }
  /// -cot(pi prob) at the standard law.
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    double s, c;
    sincos_pi(prob, s, c);
    return t[0] - (c / s) * t[1];
  }
  static constexpr bool symmetric = true;

  Theta<Lanes, 2> start(Sample const& sample, int which) const { return location_start(sample, which); }
  /// Two quotients an observation and one logarithm in all serve value, score and Hessian.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;
  /// |x| goes beyond t with a probability of the order 1/t.
  double moment_order(Theta<double, 2> const&) const { return 1.0; }
  double breakdown() const { return 0.5; }
};
static_assert(RegularModel<Cauchy>);

}  // namespace fisherlab::sim
