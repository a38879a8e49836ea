#include "sim/models/rayleigh.hpp"

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/exact_laws.hpp"

namespace fisherlab::sim {
namespace {

LaneSet usable(Lanes const& sum) { return to_set((sum > Lanes(0.0)) & (sum < Lanes(HUGE_VAL))); }

}  // namespace

ModelCard Rayleigh::card() {
  return {.name = "rayleigh",
          .title = "Rayleigh (scale)",
          .parameters = {"scale"},
          .domains = {Domain::positive},
          .constants = {},
          .formula = "log p = log x - 2 log scale - x^2/(2 scale^2)",
          .support = "x > 0",
          .ranges = {Range::positive},
          .information = "4/scale^2",
          .estimate = "root of half the mean square, in closed form",
          .hypotheses = "meets all; every moment of the estimate exists",
          .source = "derived in sim/models/rayleigh.hpp"};
}

Lanes Rayleigh::sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
                     Symmetric<Lanes, 1>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  Lanes const inverse = 1.0 / t[0];
  Lanes squares = 0.0;
  LogSum<Lanes> logs;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const z = sample(i) * inverse;
    squares += z * z;
    logs.add(z);
  }
  score = {(squares - 2.0 * count) * inverse};
  hessian = {(2.0 * count - 3.0 * squares) * (inverse * inverse)};
  return logs.value() - count * log(t[0]) - 0.5 * squares;
}

void Rayleigh::Totals::add(Sample const& tile) {
  Lanes sum = squares;
  for (std::int64_t i = 0; i < tile.n(); ++i) sum += tile(i) * tile(i);
  squares = sum;
  count += static_cast<double>(tile.n());
}

LaneSet Rayleigh::fit(Totals const& totals, Theta<Lanes, 1>& theta) const {
  Lanes const half = 0.5 * totals.squares;
  theta = {sqrt(half / totals.count)};
  return usable(half);
}

LaneSet Rayleigh::best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const {
  LaneSet const found = fit(sample, theta);
  theta[0] = theta[0] / gamma_half_step(static_cast<double>(sample.n()));
  return found;
}

LaneSet Rayleigh::best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const {
  Theta<Lanes, 1> theta;
  LaneSet const found = best_unbiased(sample, theta);
  value = quantile(prob, theta);
  return found;
}

LaneSet Rayleigh::best_unbiased_tail(double c, Sample const& sample, Lanes& value) const {
  Lanes const sum = 0.5 * gathered(totals(), sample).squares;  // T, the sum of x^2/2
  Lanes const least = c > 0 ? 0.5 * c * c : 0.0;
  LaneMask const above = sum > least;
  Lanes const share = select(above, least / sum, Lanes(0.0));
  value = select(above, exp(static_cast<double>(sample.n() - 1) * log1p(-share)), Lanes(0.0));
  return usable(sum);
}

ScaledEstimate Rayleigh::law_of_estimate(Theta<double, 1> const&, std::size_t, std::int64_t n) const {
  return gamma_scaled(static_cast<double>(n), {-2, 0.5});
}

template AnyModel make<Rayleigh>(std::span<double const>);

}  // namespace fisherlab::sim
