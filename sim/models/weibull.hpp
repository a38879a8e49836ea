#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/variates/stages.hpp"

namespace fisherlab::sim {

/// Weibull law, theta = (shape, scale) = (k, c), both > 0; with L = log(x/c) and u = (x/c)^k = exp(k L):
///   log p(x; theta) = log k - log c + (k - 1) L - u,   x > 0.
/// Information of one observation, g Euler's constant:
///   [((1 - g)^2 + pi^2/6)/k^2, -(1 - g)/c; -(1 - g)/c, k^2/c^2].
/// Derivation: score = (1/k + L (1 - u), (k/c)(u - 1)); u is standard exponential, k L = log u, E u log u = 1 - g and
/// E u log^2 u = (1 - g)^2 + pi^2/6 - 1.
/// Moments: the shape estimate is of the order of 1/(range of log x), and P(range < r) falls as r^(n - 1), so its k-th
/// moment exists for k < n - 1; the scale estimate lies between the smallest and the largest observation.
struct Weibull {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  /// What studies may ask about in place of theta.
  FISHERLAB_API static std::vector<ParameterMap> maps();
  static ModelCard card() {
    return {.name = "weibull",
            .title = "Weibull (shape and scale)",
            .parameters = {"shape", "scale"},
            .domains = {Domain::positive, Domain::positive},
            .constants = {},
            .formula = "log p = log k - log c + (k - 1) log(x/c) - (x/c)^k with k the shape, c the scale",
            .support = "x > 0",
            .ranges = {Range::positive},
            .information = "[((1 - g)^2 + pi^2/6)/k^2, -(1 - g)/c; -(1 - g)/c, k^2/c^2], g Euler's constant",
            .estimate = "bracketed Newton in 1/shape from the moments of log x; scale from the mean of x^shape",
            .hypotheses = "meets all; the k-th moment of the shape estimate exists for n > k + 1",
            .moments = {.slope = 1, .offset = 1, .grows = false},
            .maps = maps(),
            .source = "derived in sim/models/weibull.hpp",
            .draw_problem = &draws::of_weibull};
  }

  double lower_order(Theta<double, 2> const& t) const { return t[0]; }
  bool in_space(Theta<double, 2> const& t) const {
    return std::isfinite(t[0]) && t[0] > 0 && std::isfinite(t[1]) && t[1] > 0;
  }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x > 0; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    Real const l = log(x / t[1]);
    return log(t[0]) - log(t[1]) + (t[0] - 1.0) * l - exp(t[0] * l);
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const l = log(x / t[1]);
    Real const u = exp(t[0] * l);
    return {1.0 / t[0] + l * (1.0 - u), t[0] / t[1] * (u - 1.0)};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const l = log(x / t[1]);
    Real const u = exp(t[0] * l);
    return {-1.0 / (t[0] * t[0]) - u * l * l, ((u - 1.0) + t[0] * u * l) / t[1],
            t[0] / (t[1] * t[1]) * (1.0 - u * (1.0 + t[0]))};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    constexpr double a = 1.0 - euler_gamma;
    Real const ratio = t[0] / t[1];
    return {(a * a + pi * pi / 6.0) / (t[0] * t[0]), -a / t[1], ratio * ratio};
  }

  /// E x^r = c^r Gamma(1 + r/k).
  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[1] * exp(lgamma(1.0 + 1.0 / t[0]));
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return t[1] * t[1] * (exp(lgamma(1.0 + 2.0 / t[0])) - exp(2.0 * lgamma(1.0 + 1.0 / t[0])));
  }
  template <class Real>
  Real median(Theta<Real, 2> const& t) const {
    return quantile(0.5, t);
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    return t[1] * exp(log(-log1p(-prob)) / t[0]);
  }
  template <class Real>
  Real tail(double x, Theta<Real, 2> const& t) const {
    if (x <= 0) return Real(1.0);
    return exp(-exp(t[0] * log(x / t[1])));
  }

  /// Cox and Snell (1968) with E u^i L^j = Gamma^(j)(1 + i)/k^j, g Euler's constant and z Riemann's zeta(3):
  ///   shape: 18 (pi^2 - 2 z)/pi^4 k = 1.3795 k;   scale: c (a/k^2 + b/k) with a = 1/2 + 3 (1 - g)^2/pi^2 = 0.5543 and
  ///   b = (15 - 12 g)/pi^2 - 36 (1 - g) z/pi^4 - 1 = -0.3698.
  Theta<Lanes, 2> first_order_bias(Theta<Lanes, 2> const& t) const {
    constexpr double zeta_three = 1.2020569031595942854;
    constexpr double square = pi * pi;
    constexpr double rest = 1.0 - euler_gamma;
    constexpr double a = 0.5 + 3.0 * rest * rest / square;
    constexpr double b = (15.0 - 12.0 * euler_gamma) / square - 36.0 * rest * zeta_three / (square * square) - 1.0;
    return {18.0 * (square - 2.0 * zeta_three) / (square * square) * t[0], t[1] * (a / t[0] + b) / t[0]};
  }

  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    return t[1] * exp(log_positive(stream.exponential()) * (1.0 / t[0]));
  }
  bool fills_in_tiles(Theta<double, 2> const&) const { return true; }
  void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
    auto own = stream;  // what is stored changes none of these, so they stay in registers
    double const power = 1.0 / t[0], scale = t[1];
    in_stages(
        sample.n(), [&](std::int64_t i) { sample(i) = own.exponential(); },
        [&](std::int64_t i) { sample(i) = log_positive(sample(i)) * power; },
        [&](std::int64_t i) { sample(i) = scale * exp(sample(i)); });
    stream = own;
  }
  /// With u = 1/shape: 1 + variance/mean^2 = Gamma(1 + 2u)/Gamma(1 + u)^2, whose log rises with u; by Newton's steps in
  /// log u from u = the coefficient of variation, near which the root lies for shapes of 1 and more.
  FISHERLAB_API Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const;
  /// The fit of Gumbel's law to -log x.
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;
};
static_assert(RegularModel<Weibull>);

}  // namespace fisherlab::sim
