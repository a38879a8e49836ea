#include "sim/models/lognormal.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {
namespace {

/// Mean and squared deviations of log x.
struct LogStatistics {
  Lanes mean;
  Lanes squares;  ///< sum of (log x - mean)^2

  explicit LogStatistics(Lognormal::Totals const& totals)
      : mean(totals.first + totals.sum / totals.count),
        squares(totals.squares - totals.sum * (totals.sum / totals.count)) {}
  explicit LogStatistics(Sample const& sample) : LogStatistics(gathered(Lognormal::Totals(), sample)) {}

  LaneSet spread() const { return to_set((squares > Lanes(0.0)) & (squares < Lanes(HUGE_VAL))); }
};

}  // namespace

ModelCard Lognormal::card() {
  return {.name = "lognormal",
          .title = "Lognormal (mean and standard deviation of the logarithm)",
          .parameters = {"meanlog", "sdlog"},
          .domains = {Domain::real, Domain::positive},
          .constants = {},
          .formula = "log p = -z^2/2 - log sdlog - log x - log(2 pi)/2 with z = (log x - meanlog)/sdlog",
          .support = "x > 0",
          .ranges = {Range::positive},
          .information = "diag(1, 2)/sdlog^2",
          .estimate = "mean of log x and root of its mean squared deviation (divisor n), in closed form",
          .hypotheses = "meets all; every moment of the estimate exists for n of 2 and more",
          .moments = {.grows = false},
          .source = "derived in sim/models/lognormal.hpp",
          .draw_problem = &draws::of_lognormal};
}

Lanes Lognormal::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                      Symmetric<Lanes, 2>& hessian) const {
  LogStatistics const logs(sample);
  auto const count = static_cast<double>(sample.n());
  Lanes const inverse = 1.0 / t[1];
  Lanes const distance = (logs.mean - t[0]) * inverse;
  Lanes const sum = count * distance;
  Lanes const squares = logs.squares * inverse * inverse + sum * distance;
  Lanes const w = inverse * inverse;
  score = {sum * inverse, (squares - count) * inverse};
  hessian = {-count * w, -2.0 * sum * w, (count - 3.0 * squares) * w};
  return -0.5 * squares - count * (log(t[1]) + logs.mean + 0.5 * log_two_pi);
}

void Lognormal::Totals::add(Sample const& tile) {
  std::int64_t i = 0;
  if (count == 0 && tile.n() > 0) first = log(tile(i++));
  Lanes s = sum, ss = squares;
  for (; i < tile.n(); ++i) {
    Lanes const d = log(tile(i)) - first;
    s += d;
    ss += d * d;
  }
  sum = s;
  squares = ss;
  count += static_cast<double>(tile.n());
}

LaneSet Lognormal::fit(Totals const& totals, Theta<Lanes, 2>& theta) const {
  LogStatistics const logs(totals);
  theta = {logs.mean, sqrt(logs.squares / totals.count)};
  return logs.spread();
}

LaneSet Lognormal::best_unbiased(Sample const& sample, Theta<Lanes, 2>& theta) const {
  if (sample.n() < 2) return 0;
  auto const freedom = static_cast<double>(sample.n() - 1);
  LogStatistics const logs(sample);
  theta = {logs.mean, sqrt(logs.squares / freedom) / gamma_half_step(0.5 * freedom)};
  return logs.spread();
}

/// Wanted: exp(mean) h(w) with E[exp(mean) h(w)] = exp(meanlog + z sdlog), w^2 the squared deviations, mean and w
/// independent, z the normal quantile. As E exp(mean) = exp(meanlog + sdlog^2/(2n)), this asks
///   E h(w) = exp(z sdlog - sdlog^2/(2n)) = sum_k u_k sdlog^k,   (k + 1) u_{k+1} = z u_k - u_{k-1}/n,
/// and w/sdlog is a chi variable of v = n - 1 degrees of freedom, E w^k = sdlog^k/c_k with c_{k+2} = c_k/(v + k),
/// c_0 = 1, c_1 = 1/E chi. So h(w) = sum_k u_k c_k w^k; best by completeness. Each lane stops by itself, once two terms
/// in a row no longer count (odd terms vanish for the median).
LaneSet Lognormal::best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const {
  if (sample.n() < 2) return 0;
  auto const n = static_cast<double>(sample.n());
  LogStatistics const logs(sample);
  Lanes const w = sqrt(logs.squares);
  double const z = normal_quantile(prob);
  double const freedom = n - 1.0;
  double u_before = 0.0, u = 1.0;
  double c = 1.0, c_next = 1.0 / (sqrt(freedom) * gamma_half_step(0.5 * freedom));
  Lanes power = 1.0;
  Lanes sum = 0.0;
  Lanes last = HUGE_VAL;
  LaneMask open = to_mask(logs.spread());
  for (int k = 0; k < 1000 && any(open); ++k) {
    Lanes const term = u * c * power;
    sum = select(open, sum + term, sum);
    open = open & (max(abs(term), abs(last)) > 0x1p-60 * abs(sum));
    last = term;
    double const u_next = (z * u - u_before / n) / (k + 1);
    u_before = u;
    u = u_next;
    double const c_after = c / (freedom + k);
    c = c_next;
    c_next = c_after;
    power = power * w;
  }
  value = exp(logs.mean) * sum;
  return to_set(to_mask(logs.spread()) & !open & (abs(value) < Lanes(HUGE_VAL)));
}

template AnyModel make<Lognormal>(std::span<double const>);

}  // namespace fisherlab::sim
