#include "sim/models/pareto.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/models/parts/exact_laws.hpp"

namespace fisherlab::sim {
namespace {

/// Below the minimum the likelihood is 0, and where T is 0 it grows with the shape for ever.
LaneMask usable(Pareto::Totals const& logs) {
  return (logs.smallest >= logs.minimum) & (logs.sum > Lanes(0.0)) & (logs.sum < Lanes(HUGE_VAL));
}

}  // namespace

ModelCard Pareto::card() {
  return {.name = "pareto",
          .title = "Pareto (shape; minimum known)",
          .parameters = {"shape"},
          .domains = {Domain::positive},
          .constants = {"minimum"},
          .formula = "log p = log shape - shape log(x/minimum) - log x",
          .support = "x >= minimum",
          .ranges = {Range::positive},
          .information = "1/shape^2",
          .estimate = "1/mean log(x/minimum), in closed form",
          .hypotheses =
              "meets all, the minimum being known; the k-th moment of the estimate exists for n > k; "
              "x itself has a mean for shape > 1 and a variance for shape > 2 alone",
          .moments = {.slope = 1, .grows = false},
          .source = "derived in sim/models/pareto.hpp",
          .draw_problem = &draws::of_pareto};
}

Lanes Pareto::sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
                   Symmetric<Lanes, 1>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  auto const logs = gathered(totals(), sample);
  score = {count / t[0] - logs.sum};
  hessian = {-count / (t[0] * t[0])};
  Lanes const value = count * (log(t[0]) - log(minimum)) - (t[0] + 1.0) * logs.sum;
  return select(logs.smallest >= Lanes(minimum), value, Lanes(-HUGE_VAL));
}

void Pareto::Totals::add(Sample const& tile) {
  Lanes logs = sum, least = smallest;
  for (std::int64_t i = 0; i < tile.n(); ++i) {
    logs += log(tile(i) / minimum);
    least = min(least, tile(i));
  }
  sum = logs;
  smallest = least;
  count += static_cast<double>(tile.n());
}

LaneSet Pareto::fit(Totals const& totals, Theta<Lanes, 1>& theta) const {
  theta = {totals.count / totals.sum};
  return to_set(usable(totals));
}

LaneSet Pareto::best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const {
  if (sample.n() < 2) return 0;
  auto const logs = gathered(totals(), sample);
  theta = {static_cast<double>(sample.n() - 1) / logs.sum};
  return to_set(usable(logs));
}

LaneSet Pareto::best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const {
  auto const n = static_cast<double>(sample.n());
  auto const logs = gathered(totals(), sample);
  Lanes const product = -log1p(-prob) * logs.sum;
  Lanes term = 1.0;
  Lanes series = 1.0;
  LaneMask open = usable(logs);
  // Terms that no longer count change nothing: they are positive and fall from there on.
  for (int k = 0; k < 100'000 && any(open); ++k) {
    term = term * (product / ((k + 1.0) * (n + k)));
    series += term;
    open = open & (term > 0x1p-55 * series) & (series < Lanes(HUGE_VAL));
  }
  value = minimum * series;
  return to_set(usable(logs) & !open & (value < Lanes(HUGE_VAL)));
}

LaneSet Pareto::best_unbiased_tail(double c, Sample const& sample, Lanes& value) const {
  auto const logs = gathered(totals(), sample);
  Lanes const least = c > minimum ? log(c / minimum) : 0.0;
  LaneMask const above = logs.sum > least;
  Lanes const share = select(above, least / logs.sum, Lanes(0.0));
  value = select(above, exp(static_cast<double>(sample.n() - 1) * log1p(-share)), Lanes(0.0));
  return to_set(usable(logs));
}

ScaledEstimate Pareto::law_of_estimate(Theta<double, 1> const&, std::size_t, std::int64_t n) const {
  return gamma_scaled(static_cast<double>(n), {1, 1});
}

template AnyModel make<Pareto>(std::span<double const>);

}  // namespace fisherlab::sim
