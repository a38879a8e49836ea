#pragma once

#include <cmath>

#include "sim/models/interface/model.hpp"

namespace fisherlab::sim {

/// Uniform law on (0, upper), theta = (upper) > 0:  log p(x; theta) = -log upper,   0 < x <= upper.
///
/// Outside the hypotheses: the support depends on theta, so derivative and integral do not exchange. What is given
/// as score, -1/upper, and as information, E score^2 = 1/upper^2, is formal, for controls alone. The estimate is the
/// largest observation; n (upper - maximum)/upper tends to the standard exponential law.
struct Uniform {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::outside;

  static ModelCard card() {
    return {.name = "uniform",
            .title = "Uniform on (0, upper)",
            .parameters = {"upper"},
            .domains = {Domain::positive},
            .constants = {},
            .formula = "log p = -log upper",
            .support = "0 < x <= upper",
            .ranges = {Range::positive},
            .information = "1/upper^2, formal: the mean square of a score whose mean is not zero",
            .estimate = "the largest observation, in closed form",
            .regularity = Regularity::outside,
            .hypotheses = "fails: the support depends on theta, so the score -1/upper has mean -1/upper",
            .source = "derived in sim/models/uniform.hpp"};
  }

  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x > 0; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    return select(x <= t[0], -log(t[0]), Real(-HUGE_VAL));
  }
  template <class Real>
  Theta<Real, 1> score(Real const&, Theta<Real, 1> const& t) const {
    return {-1.0 / t[0]};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const&, Theta<Real, 1> const& t) const {
    return {1.0 / (t[0] * t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {1.0 / (t[0] * t[0])};
  }

  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return 0.5 * t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const& t) const {
    return t[0] * t[0] / 12.0;
  }
  template <class Real>
  Real median(Theta<Real, 1> const& t) const {
    return 0.5 * t[0];
  }
  static constexpr bool symmetric = true;
  template <class Real>
  Real quantile(double prob, Theta<Real, 1> const& t) const {
    return prob * t[0];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    if (c <= 0) return Real(1.0);
    return select(t[0] > Real(c), 1.0 - c / t[0], Real(0.0));
  }
  /// The maximum has mean n upper/(n + 1).
  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double n) const {
    return {t[0] * (n / (n + 1.0))};
  }
  /// The bias-corrected maximum, (n + 1)/n max x; variance upper^2/(n (n + 2)).
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const {
    LaneSet const found = fit(sample, theta);
    theta[0] = theta[0] * (1.0 + 1.0 / static_cast<double>(sample.n()));
    return found;
  }

  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return t[0] * stream.open_uniform();
  }
  /// The largest observation.
  struct Totals {
    Lanes largest = -HUGE_VAL;
    void add(Sample const& tile) {
      Lanes top = largest;
      for (std::int64_t i = 0; i < tile.n(); ++i) top = max(top, tile(i));
      largest = top;
    }
  };
  Totals totals() const { return {}; }
  LaneSet fit(Totals const& totals, Theta<Lanes, 1>& theta) const {
    theta = {totals.largest};
    return all_lanes;
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }
};
static_assert(SmoothModel<Uniform> && !RegularModel<Uniform>);

}  // namespace fisherlab::sim
