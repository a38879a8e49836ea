#include "sim/models/weibull.hpp"

#include "sim/math/gamma_functions.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/models/gumbel.hpp"
#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

/// -log x is of Gumbel's law with location -log c and scale 1/k. Logarithms are taken of x over the first observation:
/// what is common to all x costs no digits, and equal observations stay equal.
LaneSet Weibull::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  Lanes const unit = sample(0);
  Sample logs(sample.n(), 1);
  for (std::int64_t i = 0; i < sample.n(); ++i) logs(i) = -log(sample(i) / unit);
  Theta<Lanes, 2> of_logs;
  LaneSet const found = Gumbel().fit(logs, of_logs);
  theta = {1.0 / of_logs[1], unit * exp(-of_logs[0])};
  return found;
}

Theta<Lanes, 2> Weibull::from_moments(Lanes const& mean, Lanes const& variance) const {
  Lanes const ratio = variance / (mean * mean);
  Lanes const target = log1p(ratio);
  Lanes u = min(sqrt(ratio), Lanes(20.0));
  LaneMask open = u > Lanes(0.0);
  for (int step = 0; step < 60 && any(open); ++step) {
    Lanes const f = lgamma(1.0 + 2.0 * u) - 2.0 * lgamma(1.0 + u) - target;
    Lanes const slope = 2.0 * u * (digamma(1.0 + 2.0 * u) - digamma(1.0 + u));
    Lanes const move = max(min(f / slope, Lanes(1.0)), Lanes(-1.0));
    u = select(open, u * exp(-move), u);
    open = open & (abs(move) > Lanes(1e-13));
  }
  return {1.0 / u, mean / exp(lgamma(1.0 + u))};
}

std::vector<ParameterMap> Weibull::maps() {
  using Vector = ParameterMap::Vector;
  return {
      {.name = "log-scale-inverse-shape",
       .phi = "(log scale, 1/shape)",
       .forward = [](Vector const& t) -> Vector {
         return {log(t[1]), 1.0 / t[0]};
       },
       .inverse = [](Vector const& f) -> Vector {
         return {1.0 / f[1], exp(f[0])};
       }},
  };
}

template AnyModel make<Weibull>(std::span<double const>);

}  // namespace fisherlab::sim
