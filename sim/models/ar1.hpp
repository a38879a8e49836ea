#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/normal_mean.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {

/// Stationary first-order autoregression read as if its observations were independent, theta = (mean):
///   x_1 ~ N(mean, sd^2),  x_{i+1} = mean + correlation (x_i - mean) + sd sqrt(1 - correlation^2) e_i.
/// Every margin is N(mean, sd^2), so density, score and information of one observation are those of `normal_mean`; the
/// summed score has variance (n + 2 sum_{k<n} (n - k) correlation^k)/sd^2 and not n/sd^2. A control for additivity.
struct Ar1 {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::outside;
  NormalMean margin;
  double correlation = 0.5;

  static ModelCard card() {
    return {.name = "ar1",
            .title = "Stationary AR(1) with normal margins, read as independent",
            .parameters = {"mean"},
            .domains = {Domain::real},
            .constants = {"sd", "correlation"},
            .formula = "log p of one observation = -z^2/2 - log sd - log(2 pi)/2 with z = (x - mean)/sd",
            .support = "x real",
            .information = "1/sd^2 of one observation; not additive over the sample",
            .estimate = "the sample mean, in closed form",
            .regularity = Regularity::outside,
            .hypotheses = "fails: the observations of a sample depend on each other",
            .source = "derived in sim/models/ar1.hpp",
            .draw_problem = &draws::of_known_scale};
  }
  static Ar1 with_constants(std::span<double const> c) {
    expects(std::abs(c[1]) < 1, "ar1 needs a correlation between -1 and 1, set correlation");
    return {NormalMean::with_constants(c.first(1)), c[1]};
  }
  std::vector<double> constants() const { return {margin.sd, correlation}; }

  bool in_space(Theta<double, 1> const& t) const { return margin.in_space(t); }
  bool in_support(double const* x) const { return margin.in_support(x); }
  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    return margin.log_density(x, t);
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return margin.score(x, t);
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const& x, Theta<Real, 1> const& t) const {
    return margin.hessian(x, t);
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return margin.information(t);
  }

  void fill(Theta<double, 1> const& t, LaneStream& stream, Sample& sample) const {
    double const innovation = margin.sd * sqrt(1.0 - correlation * correlation);
    Lanes deviation = margin.sd * stream.normal();
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      sample(i) = t[0] + deviation;
      deviation = correlation * deviation + innovation * stream.normal();
    }
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return margin.fit(sample, theta); }
};
static_assert(SmoothModel<Ar1> && !RegularModel<Ar1>);

}  // namespace fisherlab::sim
