#include "sim/models/categorical.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {
ModelCard Categorical::card() {
  return {.name = "categorical",
          .title = "Categorical (probabilities of three categories out of four)",
          .parameters = {"p_1", "p_2", "p_3"},
          .domains = {Domain::unit, Domain::unit, Domain::unit},
          .constants = {},
          .space = "the probabilities add up to less than 1",
          .formula = "log p = x_1 log p_1 + x_2 log p_2 + x_3 log p_3 + x_4 log p_4, p_4 = 1 - p_1 - p_2 - p_3",
          .support = "x = (1, 0, 0), (0, 1, 0), (0, 0, 1), or (0, 0, 0) in the fourth category",
          .ranges = {Range::counts, Range::counts, Range::counts},
          .information = "diag(1/p_1, 1/p_2, 1/p_3) + 1/p_4 in every entry",
          .estimate = "the share of each category, in closed form; 0 is an estimate with standard error 0",
          .hypotheses =
              "meets all (p_4 above 2^-26); every moment of the estimate exists, and its mean is theta; the "
              "estimate lies on the lattice k/n",
          .source = "derived in sim/models/categorical.hpp"};
}

Lanes Categorical::sums(Sample const& sample, Theta<Lanes, 3> const& t, Theta<Lanes, 3>& score,
                        Symmetric<Lanes, 3>& hessian) const {
  auto const x = gathered(totals(), sample).numbers;
  Lanes const rest = static_cast<double>(sample.n()) - x[0] - x[1] - x[2];
  score = score_of(x, rest, t);
  hessian = hessian_of(x, rest, t);
  return log_probability(x, rest, t);
}

void Categorical::Totals::add(Sample const& tile) {
  for (int k = 0; k < 3; ++k) {
    Lanes sum = numbers[static_cast<std::size_t>(k)];
    for (std::int64_t i = 0; i < tile.n(); ++i) sum += tile(i, k);
    numbers[static_cast<std::size_t>(k)] = sum;
  }
  count += static_cast<double>(tile.n());
}

LaneSet Categorical::fit(Totals const& totals, Theta<Lanes, 3>& theta) const {
  for (std::size_t k = 0; k < 3; ++k) theta[k] = totals.numbers[k] / Lanes(totals.count);
  return all_lanes;
}

template AnyModel make<Categorical>(std::span<double const>);

}  // namespace fisherlab::sim
