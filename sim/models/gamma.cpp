#include "sim/models/gamma.hpp"

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

namespace {

struct Statistics {
  Lanes sum;
  Lanes sum_of_logs;
};

Statistics statistics(Sample const& sample) {
  // Two sums each, for the processor works on both at once; a sum's next term waits for its last.
  Lanes sum[2] = {0.0, 0.0};
  LogSum<Lanes> log_sum[2];
  std::int64_t const pairs = sample.n() / 2;
  for (std::int64_t i = 0; i < 2 * pairs; i += 2) {
    for (int k = 0; k < 2; ++k) {
      sum[k] += sample(i + k);
      log_sum[k].add(sample(i + k));
    }
  }
  if (sample.n() > 2 * pairs) {
    sum[0] += sample(2 * pairs);
    log_sum[0].add(sample(2 * pairs));
  }
  return {sum[0] + sum[1], log_sum[0].value() + log_sum[1].value()};
}

}  // namespace

LaneSet Gamma::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  Lanes const count = static_cast<double>(sample.n());
  auto const [sum, sum_of_logs] = statistics(sample);
  Lanes const mean = sum / count;
  Lanes const log_mean = log(mean);
  Lanes const s = log_mean - sum_of_logs / count;
  // Below this, s is the rounding of equal observations, whose likelihood has no maximum.
  LaneMask const spread = s > 0x1p-53 * (count + 4.0 * (1.0 + abs(log_mean)));

  // Start of Minka (2002): a rational approximation of the root, within 1.5 % of it.
  Lanes const distance = s - 3.0;
  Lanes shape = (3.0 - s + sqrt(distance * distance + 24.0 * s)) / (12.0 * s);
  LaneMask open = spread;
  for (int step = 0; step < 12 && any(open); ++step) {
    auto const psi = digamma_trigamma(shape);
    Lanes const inverse = 1.0 / shape;
    Lanes const f = log(shape) - psi.digamma - s;
    Lanes const gap = inverse - psi.trigamma;
    Lanes const next = gap / (inverse * gap + f * inverse * inverse);
    Lanes const change = abs(next - shape);
    // The step is quadratic: a relative change of 1e-8 leaves an error of the order of rounding. At large shapes f is
    // 1/(2 shape) with an error of about 1e-15 log shape, and the change falls no further than that.
    LaneMask const settled = change <= (1e-8 + 2e-14 * shape) * shape;
    shape = select(open, next, shape);
    open = open & !settled;
  }
  theta = {shape, shape / mean};
  return to_set((!open) & spread & (shape < Lanes(1e300)));
}

Lanes Gamma::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                  Symmetric<Lanes, 2>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  auto const [sum, sum_of_logs] = statistics(sample);
  Lanes const log_rate = log(t[1]);
  auto const psi = digamma_trigamma(t[0]);
  score = {count * (log_rate - psi.digamma) + sum_of_logs, count * t[0] / t[1] - sum};
  hessian = {-count * psi.trigamma, count / t[1], -count * t[0] / (t[1] * t[1])};
  return count * (t[0] * log_rate - lgamma(t[0])) + (t[0] - 1.0) * sum_of_logs - t[1] * sum;
}

std::vector<ParameterMap> Gamma::maps() {
  using Vector = ParameterMap::Vector;
  return {
      {.name = "mean-shape",
       .phi = "(mean, shape)",
       .forward = [](Vector const& t) -> Vector {
         return {t[0] / t[1], t[0]};
       },
       .inverse = [](Vector const& f) -> Vector {
         return {f[1], f[1] / f[0]};
       }},
  };
}

template AnyModel make<Gamma>(std::span<double const>);

}  // namespace fisherlab::sim
