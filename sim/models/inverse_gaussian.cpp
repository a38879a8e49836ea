#include "sim/models/inverse_gaussian.hpp"

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/order_statistics.hpp"

namespace fisherlab::sim {
namespace {

/// The sum of (x - m)^2/(m^2 x), which is sum 1/x - n/m when m is the sample mean.
Lanes spread_about(Sample const& sample, Lanes const& m) {
  Lanes const inverse = 1.0 / m;
  Lanes sum = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const d = (sample(i) - m) * inverse;
    sum += d * d / sample(i);
  }
  return sum;
}

}  // namespace

ModelCard InverseGaussian::card() {
  return {.name = "inverse_gaussian",
          .title = "Inverse Gaussian (mean and shape)",
          .parameters = {"mean", "shape"},
          .domains = {Domain::positive, Domain::positive},
          .constants = {},
          .formula = "log p = (log shape - log(2 pi) - 3 log x)/2 - shape (x - mean)^2/(2 mean^2 x)",
          .support = "x > 0",
          .ranges = {Range::positive},
          .information = "diag(shape/mean^3, 1/(2 shape^2))",
          .estimate = "sample mean and n/(sum 1/x - n/mean), in closed form",
          .hypotheses = "meets all; the k-th moment of the shape estimate exists for n > 2k + 1",
          .moments = {.slope = 2, .offset = 1},
          .source = "Tweedie (1957), Ann. Math. Statist. 28; the sampler: Michael, Schucany and Haas (1976)",
          .draw_problem = &draws::of_inverse_gaussian};
}

Lanes InverseGaussian::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                            Symmetric<Lanes, 2>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  Lanes const inverse = 1.0 / t[0];
  Lanes first = 0.0;
  Lanes second = 0.0;
  LogSum<Lanes> logs;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const d = (sample(i) - t[0]) * inverse;
    first += d;
    second += d * d / sample(i);
    logs.add(sample(i));
  }
  Lanes const w = inverse * inverse;
  score = {t[1] * first * w, 0.5 * (count / t[1] - second)};
  hessian = {-t[1] * inverse * (count + 3.0 * first) * w, first * w, -0.5 * count / (t[1] * t[1])};
  return 0.5 * count * (log(t[1]) - log_two_pi) - 1.5 * logs.value() - 0.5 * t[1] * second;
}

LaneSet InverseGaussian::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  Lanes const count = static_cast<double>(sample.n());
  Lanes const mean = sample_mean(sample);
  Lanes const spread = spread_about(sample, mean);
  theta = {mean, count / spread};
  // The standard deviation to first order, for the test of equal observations.
  LaneSet const differ = lanes_with_spread(sample, mean, mean * sqrt(spread * mean / count));
  return differ & to_set((theta[1] > Lanes(0.0)) & (theta[1] < Lanes(HUGE_VAL)));
}

LaneSet InverseGaussian::best_unbiased(Sample const& sample, Theta<Lanes, 2>& theta) const {
  if (sample.n() < 4) return 0;
  LaneSet const found = fit(sample, theta);
  auto const n = static_cast<double>(sample.n());
  theta[1] = (n - 3.0) / n * theta[1];
  return found;
}

template AnyModel make<InverseGaussian>(std::span<double const>);

}  // namespace fisherlab::sim
