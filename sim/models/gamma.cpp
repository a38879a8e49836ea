#include "sim/models/gamma.hpp"

#include "sim/math/log_sum.hpp"
#include "sim/models/instantiate.hpp"

namespace fisherlab::sim {

LaneSet Gamma::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  Lanes sum = 0.0;
  LogSum<Lanes> log_sum;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    sum += sample(i);
    log_sum.add(sample(i));
  }
  Lanes const count = static_cast<double>(sample.n());
  Lanes const mean = sum / count;
  Lanes const s = log(mean) - log_sum.value() / count;

  // Start of Minka (2002): a rational approximation of the root, within 1.5 % of it.
  Lanes const distance = s - 3.0;
  Lanes shape = (3.0 - s + sqrt(distance * distance + 24.0 * s)) / (12.0 * s);
  LaneMask open = s > Lanes(0.0);
  for (int step = 0; step < 12 && any(open); ++step) {
    auto const psi = digamma_trigamma(shape);
    Lanes const inverse = 1.0 / shape;
    Lanes const f = log(shape) - psi.digamma - s;
    Lanes const next = 1.0 / (inverse + f * inverse * inverse / (inverse - psi.trigamma));
    Lanes const change = abs(next - shape);
    // The step is quadratic: a relative change of 1e-8 leaves an error of the order of rounding.
    LaneMask const settled = change <= Lanes(1e-8) * shape;
    shape = select(open, next, shape);
    open = open & !settled;
  }
  theta = {shape, shape / mean};
  return to_set((!open) & (s > Lanes(0.0)) & (shape < Lanes(1e300)));
}

template AnyModel make<Gamma>(std::span<double const>);

}  // namespace fisherlab::sim
