#include "sim/models/beta.hpp"

#include <vector>

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/order_statistics.hpp"
#include "sim/variates/gamma.hpp"

namespace fisherlab::sim {
namespace {

/// Sums of log x and log(1 - x). For x below 2^-53 the second term is 0, for x >= 1/2 the difference 1 - x is exact,
/// and between them its rounding, 2^-54, is that of the sum itself. NaN where an observation is not inside (0, 1).
struct LogStatistics {
  Lanes of_x, of_rest;

  explicit LogStatistics(Sample const& sample) {
    LogSum<Lanes> first, second;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      first.add(sample(i));
      second.add(1.0 - sample(i));
    }
    of_x = first.value();
    of_rest = second.value();
  }
};

}  // namespace

ModelCard Beta::card() {
  return {.name = "beta",
          .title = "Beta (two shapes)",
          .parameters = {"alpha", "beta"},
          .domains = {Domain::positive, Domain::positive},
          .constants = {},
          .formula = "log p = (alpha - 1) log x + (beta - 1) log(1 - x) - log B(alpha, beta)",
          .support = "0 < x < 1",
          .ranges = {Range::unit},
          .information = "[psi'(alpha) - psi'(s), -psi'(s); -psi'(s), psi'(beta) - psi'(s)], s = alpha + beta",
          .estimate = "Newton on the score in the means of log x and log(1 - x), from the moments",
          .hypotheses =
              "meets all; the k-th moment of the estimate exists for n > 2k + 1 with n alpha > k and n beta > k. True "
              "values: alpha >= 0.05, beta >= 0.2, for smaller shapes put too much of the law nearer to 0 or 1 than "
              "doubles reach; estimates with alpha + beta above 1e12 count as not found",
          .moments = {2, 1},
          .source = "derived in sim/models/beta.hpp"};
}

void Beta::fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
  std::vector<Lanes> other(static_cast<std::size_t>(sample.n()));
  fill_gamma(stream, t[0], sample.data(), sample.n());
  fill_gamma(stream, t[1], other.data(), sample.n());
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i) / (sample(i) + other[static_cast<std::size_t>(i)]);
    sample(i) = min(max(x, Lanes(0x1p-1022)), Lanes(1.0 - 0x1p-53));
  }
}

Lanes Beta::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                 Symmetric<Lanes, 2>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  LogStatistics const logs(sample);
  auto const first = digamma_trigamma(t[0]);
  auto const second = digamma_trigamma(t[1]);
  auto const both = digamma_trigamma(t[0] + t[1]);
  score = {logs.of_x - count * (first.digamma - both.digamma), logs.of_rest - count * (second.digamma - both.digamma)};
  hessian = {count * (both.trigamma - first.trigamma), count * both.trigamma,
             count * (both.trigamma - second.trigamma)};
  return (t[0] - 1.0) * logs.of_x + (t[1] - 1.0) * logs.of_rest -
         count * (lgamma(t[0]) + lgamma(t[1]) - lgamma(t[0] + t[1]));
}

/// The log likelihood is concave in theta. A step that would leave less than a quarter of a shape is shortened to that;
/// from below the solution Newton climbs to it without passing it by much, for digamma is concave.
LaneSet Beta::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  Lanes const count = static_cast<double>(sample.n());
  LogStatistics const logs(sample);
  Lanes const log_x = logs.of_x / count;
  Lanes const log_rest = logs.of_rest / count;
  Lanes const mean = sample_mean(sample);
  Lanes const variance = sum_of_squares(sample, mean) / count;
  LaneMask const usable = to_mask(lanes_with_spread(sample, mean, sqrt(variance))) & (abs(log_x) < Lanes(HUGE_VAL)) &
                          (abs(log_rest) < Lanes(HUGE_VAL));

  auto t = from_moments(mean, variance);
  for (auto& shape : t) shape = select(usable & (shape > Lanes(0.0)), shape, Lanes(1.0));
  LaneMask open = usable;
  for (int step = 0; step < 100 && any(open); ++step) {
    auto const first = digamma_trigamma(t[0]);
    auto const second = digamma_trigamma(t[1]);
    auto const both = digamma_trigamma(t[0] + t[1]);
    Lanes const g = log_x - (first.digamma - both.digamma);
    Lanes const h = log_rest - (second.digamma - both.digamma);
    Lanes const determinant = first.trigamma * second.trigamma - both.trigamma * (first.trigamma + second.trigamma);
    Lanes const inner_g = (second.trigamma - both.trigamma) * g + both.trigamma * h;
    Lanes const inner_h = (first.trigamma - both.trigamma) * h + both.trigamma * g;
    Lanes const move[2] = {inner_g / determinant, inner_h / determinant};
    Lanes fraction = 1.0;
    for (std::size_t a = 0; a < 2; ++a)
      fraction = select(move[a] < -0.75 * t[a], min(fraction, -0.75 * t[a] / move[a]), fraction);
    LaneMask settled = to_mask(all_lanes);
    for (std::size_t a = 0; a < 2; ++a) {
      // The step is quadratic: a relative change of 1e-8 leaves an error of the order of rounding. At large shapes the
      // score is a small difference of digammas, and the change falls no further than that.
      settled = settled & (abs(move[a]) <= (1e-8 + 1e-13 * (t[0] + t[1])) * t[a]);
      t[a] = select(open, t[a] + fraction * move[a], t[a]);
    }
    open = open & !settled;
  }
  theta = t;
  return to_set(usable & !open & (t[0] > Lanes(0.0)) & (t[1] > Lanes(0.0)) & (t[0] + t[1] < Lanes(1e12)));
}

template AnyModel make<Beta>(std::span<double const>);

}  // namespace fisherlab::sim
