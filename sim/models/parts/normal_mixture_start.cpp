#include <array>
#include <limits>
#include <vector>

#include "sim/models/normal_mixture.hpp"
#include "sim/order_statistics.hpp"

namespace fisherlab::sim {

namespace {

/// A component narrower than this share of the sample's standard deviation has collapsed.
constexpr double narrowest = 1e-3;

/// Two components in units of the sample's standard deviation about its mean.
struct Components {
  Lanes weight, mean1, variance1, mean2, variance2;
};

/// One step of the EM algorithm: shares of the first component, then its moments and those of the rest.
Components em_step(std::vector<Lanes> const& x, Lanes const& sum, Lanes const& squares, Components const& c) {
  Lanes const count = static_cast<double>(x.size());
  // log of (second density x its weight)/(first x its weight) is a quadratic in x.
  Lanes const inverse1 = 1.0 / c.variance1, inverse2 = 1.0 / c.variance2;
  Lanes const quadratic = 0.5 * (inverse1 - inverse2);
  Lanes const linear = c.mean2 * inverse2 - c.mean1 * inverse1;
  Lanes const odds = (1.0 - c.weight) / c.weight;
  Lanes const constant =
      0.5 * (log(odds * odds * c.variance1 * inverse2) + c.mean1 * c.mean1 * inverse1 - c.mean2 * c.mean2 * inverse2);
  Lanes s0 = 0.0, s1 = 0.0, s2 = 0.0;
  for (Lanes const& v : x) {
    Lanes const r = 1.0 / (1.0 + exp(constant + v * (linear + v * quadratic)));
    Lanes const rv = r * v;
    s0 += r;
    s1 += rv;
    s2 += rv * v;
  }
  Components next;
  next.weight = s0 / count;
  next.mean1 = s1 / s0;
  next.variance1 = s2 / s0 - next.mean1 * next.mean1;
  Lanes const rest = count - s0;
  next.mean2 = (sum - s1) / rest;
  next.variance2 = (squares - s2) / rest - next.mean2 * next.mean2;
  return next;
}

}  // namespace

Theta<Lanes, 5> NormalMixture::start(Sample const& sample, int which) const {
  constexpr int steps = 25;
  constexpr std::array<double, 5> places = {0.25, 0.5, 0.75, 0.05, 0.95};
  Lanes const mean = sample_mean(sample);
  Lanes const sd = sqrt(sum_of_squares(sample, mean) / Lanes(static_cast<double>(sample.n())));
  std::array<Lanes, 5> q;
  sample_quantiles(sample, places, q.data());
  for (Lanes& v : q) v = (v - mean) / sd;
  std::vector<Lanes> x(static_cast<std::size_t>(sample.n()));
  Lanes sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = (sample(static_cast<std::int64_t>(i)) - mean) / sd;
    sum += x[i];
    squares += x[i] * x[i];
  }

  Lanes const half_range = max(0.5 * (q[2] - q[0]), Lanes(0.05));
  Lanes const bulk = half_range * half_range;
  Components c = {0.5, q[0], 0.25, q[2], 0.25};
  if (which == 1) c = {0.85, q[1], bulk, q[4], 1.0};
  if (which == 2) c = {0.15, q[3], 1.0, q[1], bulk};
  LaneMask sound = sd > Lanes(0.0);
  for (int step = 0; step < steps && any(sound); ++step) {
    c = em_step(x, sum, squares, c);
    sound = sound & (c.weight > Lanes(0.0)) & (c.weight < Lanes(1.0)) &
            (min(c.variance1, c.variance2) > Lanes(narrowest * narrowest));
  }

  LaneMask const swapped = c.mean2 < c.mean1;
  auto const in_order = [&](Lanes const& a, Lanes const& b) { return select(swapped, b, a); };
  Theta<Lanes, 5> t = {in_order(c.weight, 1.0 - c.weight), mean + sd * in_order(c.mean1, c.mean2),
                       sd * sqrt(in_order(c.variance1, c.variance2)), mean + sd * in_order(c.mean2, c.mean1),
                       sd * sqrt(in_order(c.variance2, c.variance1))};
  for (Lanes& v : t) v = select(sound, v, Lanes(std::numeric_limits<double>::quiet_NaN()));
  return t;
}

LaneSet NormalMixture::settle(Sample const& sample, Theta<Lanes, 5>& theta) const {
  Lanes const mean = sample_mean(sample);
  Lanes const sd = sqrt(sum_of_squares(sample, mean) / Lanes(static_cast<double>(sample.n())));
  Lanes const least = narrowest * sd;
  LaneMask const swapped = theta[3] < theta[1];
  Theta<Lanes, 5> const t = theta;
  theta[0] = select(swapped, 1.0 - t[0], t[0]);
  for (std::size_t k : {1u, 2u}) {
    theta[k] = select(swapped, t[k + 2], t[k]);
    theta[k + 2] = select(swapped, t[k], t[k + 2]);
  }
  return to_set((theta[2] > least) & (theta[4] > least));
}

}  // namespace fisherlab::sim
