#include "sim/models/neyman_scott.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {

ModelCard NeymanScott::card() {
  return {.name = "neyman_scott",
          .title = "Variance of pairs, every pair with a mean of its own (Neyman and Scott)",
          .parameters = {"variance"},
          .domains = {Domain::positive},
          .constants = {"spread"},
          .formula =
              "log likelihood of a pair at its own best mean: -log(2 pi v) - (x - y)^2/(4 v) with v the variance; not "
              "the log of a density",
          .support = "x, y real; drawn from N(m, v) with m ~ N(0, spread^2) for each pair",
          .ranges = {Range::line, Range::line},
          .information = "1/v^2, formal: that of two observations with a known mean",
          .estimate = "sum (x - y)^2/(4 n), in closed form; it tends to half the variance",
          .regularity = Regularity::outside,
          .hypotheses =
              "fails: the nuisance parameters grow in number with the sample, the score has mean -1/(2 v) and the "
              "estimate is not consistent; every moment of the estimate exists",
          .source = "Neyman and Scott (1948), Econometrica 16, 1-32",
          .draw_problem = &draws::of_pairs};
}

LaneSet NeymanScott::fit(Sample const& sample, Theta<Lanes, 1>& theta) const {
  Lanes sum = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const d = sample(i, 0) - sample(i, 1);
    sum += d * d;
  }
  theta = {sum / (4.0 * static_cast<double>(sample.n()))};
  return to_set(sum > Lanes(0.0));
}

template AnyModel make<NeymanScott>(std::span<double const>);

}  // namespace fisherlab::sim
