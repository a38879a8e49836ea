#include "sim/models/gumbel.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {
namespace {

/// What the profile equation needs at one scale: the sum of w = exp(-y/s), and mean and variance of y under weights w.
struct Weighted {
  Lanes total, mean, variance;
};

Weighted weigh(Sample const& sample, Lanes const& smallest, Lanes const& scale) {
  Lanes const inverse = 1.0 / scale;
  Lanes total = 0.0;
  Lanes first = 0.0;
  Lanes second = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const z = (sample(i) - smallest) * inverse;
    Lanes const w = exp(-z);
    total += w;
    first += w * z;
    second += w * (z * z);
  }
  Lanes const mean = first / total;
  return {total, mean * scale, (second / total - mean * mean) * (scale * scale)};
}

}  // namespace

ModelCard Gumbel::card() {
  return {.name = "gumbel",
          .title = "Gumbel law of maxima (location and scale)",
          .parameters = {"location", "scale"},
          .domains = {Domain::real, Domain::positive},
          .constants = {},
          .formula = "log p = -z - exp(-z) - log scale with z = (x - location)/scale",
          .support = "x real",
          .ranges = {Range::line},
          .information = "[1, g - 1; g - 1, (1 - g)^2 + pi^2/6]/scale^2, g Euler's constant",
          .estimate = "bracketed Newton in the scale from the moments; location = -scale log mean exp(-x/scale)",
          .hypotheses = "meets all; every moment of the estimate exists for n of 2 and more",
          .source = "derived in sim/models/gumbel.hpp",
          .draw_problem = &draws::of_location_scale};
}

/// With y = x - min x the likelihood equations give s = mean(y) - A(s), A the mean of y under weights exp(-y/s), and
/// g(s) = s - mean(y) + A(s) has slope 1 + variance/s^2 >= 1, g(0) = -mean(y), g(mean y) = A > 0: one root. Where
/// Newton leaves the bracket, which each step narrows, its middle is taken. Equal observations have y = 0 exactly.
LaneSet Gumbel::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  Lanes const count = static_cast<double>(sample.n());
  Lanes smallest = sample(0);
  for (std::int64_t i = 1; i < sample.n(); ++i) smallest = min(smallest, sample(i));
  Lanes sum = 0.0;
  Lanes squares = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const y = sample(i) - smallest;
    sum += y;
    squares += y * y;
  }
  Lanes const mean = sum / count;
  LaneMask const spread = (mean > Lanes(0.0)) & (squares < Lanes(HUGE_VAL));

  Lanes low = 0.0;
  Lanes high = mean;
  Lanes scale = select(spread, min(mean, sqrt(6.0 * (squares / count - mean * mean)) / pi), Lanes(1.0));
  LaneMask open = spread;
  for (int step = 0; step < 100 && any(open); ++step) {
    auto const y = weigh(sample, smallest, scale);
    Lanes const g = scale - mean + y.mean;
    low = select(open & (g < Lanes(0.0)), scale, low);
    high = select(open & (g >= Lanes(0.0)), scale, high);
    Lanes next = scale - g / (1.0 + y.variance / (scale * scale));
    next = select((next >= low) & (next <= high), next, 0.5 * (low + high));
    // The step is quadratic: a relative change of 1e-8 leaves an error of the order of rounding.
    LaneMask const settled = abs(next - scale) <= 1e-8 * scale;
    scale = select(open, next, scale);
    open = open & !settled;
  }
  theta = {smallest - scale * log(weigh(sample, smallest, scale).total / count), scale};
  return to_set(spread & !open);
}

template AnyModel make<Gumbel>(std::span<double const>);

}  // namespace fisherlab::sim
