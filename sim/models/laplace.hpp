#pragma once

#include <cmath>

#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/order_statistics.hpp"

namespace fisherlab::sim {

/// Laplace law, theta = (location, scale), scale > 0, z = (x - location)/scale:
///   log p(x; theta) = -log 2 - log scale - |z|,   x real.
/// E score score' = diag(1, 1)/scale^2, from score = (sign z, |z| - 1)/scale.
///
/// Outside the hypotheses: the log density has no second derivative in the location at x, its derivative elsewhere is
/// 0, so minus the mean Hessian misses the location's information altogether. The score has mean zero, and the
/// median attains the variance scale^2/n in the limit all the same.
struct Laplace {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::outside;

  static ModelCard card() {
    return {.name = "laplace",
            .title = "Laplace (location and scale)",
            .parameters = {"location", "scale"},
            .domains = {Domain::real, Domain::positive},
            .constants = {},
            .formula = "log p = -log 2 - log scale - |x - location|/scale",
            .support = "x real",
            .information = "diag(1, 1)/scale^2, as the covariance of the score",
            .estimate = "median and mean absolute deviation from it, in closed form",
            .regularity = Regularity::outside,
            .hypotheses =
                "fails: no second derivative in the location at x = location, so the Hessian is 0 almost "
                "everywhere while the information is 1/scale^2",
            .source = "derived in sim/models/laplace.hpp",
            .draw_problem = &draws::of_location_scale};
  }

  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return -abs((x - t[0]) / t[1]) - log(t[1]) - log_two;
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const sign = select(z < Real(0.0), Real(-1.0), Real(1.0));
    return {sign / t[1], (abs(z) - 1.0) / t[1]};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const sign = select(z < Real(0.0), Real(-1.0), Real(1.0));
    Real const w = 1.0 / (t[1] * t[1]);
    return {Real(0.0), -sign * w, (1.0 - 2.0 * abs(z)) * w};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    Real const w = 1.0 / (t[1] * t[1]);
    return {w, Real(0.0), w};
  }

  /// By inversion of one uniform number: the sign from its upper half, the size from its distance to the ends.
  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    Real const u = stream.open_uniform();
    Real const size = -log_positive(2.0 * min(u, 1.0 - u));
    return t[0] + t[1] * select(u < Real(0.5), -size, size);
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
    return 2.0 * t[1] * t[1];
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    double const size = -log(2.0 * min(prob, 1.0 - prob));
    return t[0] + (prob < 0.5 ? -size : size) * t[1];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 2> const& t) const {
    Real const z = (c - t[0]) / t[1];
    Real const half = 0.5 * exp(-abs(z));
    return select(z < Real(0.0), 1.0 - half, half);
  }
  static constexpr bool symmetric = true;

  LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
    Lanes const median = sample_median(sample);
    Lanes deviations = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) deviations += abs(sample(i) - median);
    Lanes const scale = deviations / Lanes(static_cast<double>(sample.n()));
    theta = {median, scale};
    return to_set(scale > Lanes(0.0));
  }
};
static_assert(SmoothModel<Laplace> && !RegularModel<Laplace>);

}  // namespace fisherlab::sim
