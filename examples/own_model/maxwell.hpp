#pragma once

#include <cmath>
#include <fisherlab/sim/models/interface/model.hpp>

namespace mine {

namespace sim = fisherlab::sim;
using sim::log;  // the same bits for one number and for lanes, which the functions of <cmath> do not promise
using sim::sqrt;

/// Speeds of a gas: Maxwell's law, theta = (scale), scale > 0:
///   log p(x; theta) = log(2/pi)/2 + 2 log x - 3 log scale - x^2/(2 scale^2),   x > 0.
/// Information of one observation: 6/scale^2. Source: Johnson, Kotz and Balakrishnan (1994), vol. 1, ch. 18.
struct Maxwell {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr sim::Regularity regularity = sim::Regularity::regular;

  static sim::ModelCard card() {
    return {.name = "maxwell",
            .title = "Maxwell",
            .parameters = {"scale"},
            .domains = {sim::Domain::positive},
            .constants = {},
            .formula = "log(2/pi)/2 + 2 log x - 3 log scale - x^2/(2 scale^2)",
            .support = "x > 0",
            .ranges = {sim::Range::positive},
            .information = "6/scale^2",
            .estimate = "sqrt(mean of x^2/3)",
            .hypotheses = "all",
            .source = "Johnson, Kotz and Balakrishnan (1994)"};
  }
  bool in_space(sim::Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x > 0; }

  template <class Real>
  Real log_density(Real const& x, sim::Theta<Real, 1> const& t) const {
    Real const z = x / t[0];
    return 2.0 * log(z) - log(t[0]) - 0.5 * z * z - 0.2257913526447274;  // log(pi/2)/2
  }
  template <class Real>
  sim::Theta<Real, 1> score(Real const& x, sim::Theta<Real, 1> const& t) const {
    Real const z = x / t[0];
    return {(z * z - 3.0) / t[0]};
  }
  template <class Real>
  sim::Symmetric<Real, 1> hessian(Real const& x, sim::Theta<Real, 1> const& t) const {
    Real const z = x / t[0];
    return {(3.0 - 3.0 * z * z) / (t[0] * t[0])};
  }
  template <class Real>
  sim::Symmetric<Real, 1> information(sim::Theta<Real, 1> const& t) const {
    return {6.0 / (t[0] * t[0])};
  }
  template <class Real>
  Real draw(sim::Theta<double, 1> const& t, sim::Stream<Real>& stream) const {
    Real const x = stream.normal(), y = stream.normal(), z = stream.normal();
    return t[0] * sqrt(x * x + y * y + z * z);
  }
  sim::LaneSet fit(sim::Sample const& sample, sim::Theta<sim::Lanes, 1>& t) const {
    sim::Lanes sum = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) sum += sample(i) * sample(i);
    t[0] = sqrt(sum / (3.0 * static_cast<double>(sample.n())));
    return sim::all_lanes;
  }
};
static_assert(sim::RegularModel<Maxwell>);

}  // namespace mine
