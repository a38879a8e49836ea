#include "sim/models/inverse_gaussian.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/order_statistics.hpp"
#include "sim/sums.hpp"
#include "sim/totals.hpp"

namespace fisherlab::sim {
namespace {

/// The sum of (x - m)^2/(m^2 x) over the observations [begin, end), which is sum 1/x - (end - begin)/m when m is their
/// mean.
Lanes spread_about(Sample const& sample, std::int64_t begin, std::int64_t end, Lanes const& m) {
  Lanes const inverse = 1.0 / m;
  Lanes sum = 0.0;
  for (std::int64_t i = begin; i < end; ++i) {
    Lanes const d = (sample(i) - m) * inverse;
    sum += d * d / sample(i);
  }
  return sum;
}

/// The standard deviation to first order, for the test of equal observations.
Lanes deviation(InverseGaussian::Totals const& totals) {
  return totals.mean * sqrt(totals.spread * totals.mean / Lanes(totals.count));
}

LaneMask usable(Lanes const& shape) { return (shape > Lanes(0.0)) & (shape < Lanes(HUGE_VAL)); }

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

/// With K, M, S of the tiles before and k, m, s of this one, mean the mean of both,
///   K/M + k/m - (K + k)/mean = K k (M - m)^2/(M m (K M + k m)),
/// which the spreads S and s lack.
void InverseGaussian::Totals::add(Sample const& tile) {
  for (std::int64_t begin = 0; begin < tile.n(); begin += tile_size) {
    std::int64_t const end = std::min(begin + tile_size, tile.n());
    auto const here = static_cast<double>(end - begin);
    Lanes const mean_here = sum_of_terms(begin, end, [&](std::int64_t i) { return tile(i); }) / Lanes(here);
    Lanes const spread_here = spread_about(tile, begin, end, mean_here);
    double const before = std::exchange(count, count + here);
    if (before == 0) {
      mean = mean_here;
      spread = spread_here;
      continue;
    }
    Lanes const apart = mean_here - mean;
    Lanes const joined = mean + here / count * apart;
    spread = (spread + spread_here) + apart * apart / (mean * mean_here * joined) * (before * here / count);
    mean = joined;
  }
}

std::optional<LaneSet> InverseGaussian::fit(Totals const& totals, Theta<Lanes, 2>& theta) const {
  Lanes const count = totals.count;
  theta = {totals.mean, count / totals.spread};
  Lanes const sd = deviation(totals);
  if (is_spread_in_doubt(totals.count, totals.mean, sd)) return std::nullopt;
  return to_set((sd > Lanes(0.0)) & usable(theta[1]));
}

LaneSet InverseGaussian::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  auto const whole = gathered(totals(), sample);
  if (auto const found = fit(whole, theta)) return *found;
  return lanes_with_spread(sample, whole.mean, deviation(whole)) & to_set(usable(theta[1]));
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
