#include "sim/order_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace fisherlab::sim {
namespace {

/// The order statistics of places k and k + 1 (or k alone at the end), interpolated.
double interpolated(std::vector<double>& x, double place) {
  auto const k = static_cast<std::ptrdiff_t>(std::floor(place));
  double const weight = place - std::floor(place);
  auto const at = x.begin() + k;
  std::nth_element(x.begin(), at, x.end());
  if (weight == 0.0) return *at;
  double const next = *std::min_element(at + 1, x.end());
  return *at + weight * (next - *at);
}

}  // namespace

void sample_quantiles(Sample const& sample, std::span<double const> probabilities, Lanes* out) {
  std::vector<double> x(static_cast<std::size_t>(sample.n()));
  for (int lane = 0; lane < lane_count; ++lane) {
    for (std::int64_t i = 0; i < sample.n(); ++i) x[static_cast<std::size_t>(i)] = sample(i)[lane];
    for (std::size_t k = 0; k < probabilities.size(); ++k)
      out[k].set(lane, interpolated(x, static_cast<double>(sample.n() - 1) * probabilities[k]));
  }
}

Lanes sample_median(Sample const& sample) {
  double const half = 0.5;
  Lanes median;
  sample_quantiles(sample, {&half, 1}, &median);
  return median;
}

Lanes sample_mean(Sample const& sample) {
  Lanes sum = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) sum += sample(i);
  return sum / Lanes(static_cast<double>(sample.n()));
}

Lanes sum_of_squares(Sample const& sample, Lanes const& centre) {
  Lanes sum = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const d = sample(i) - centre;
    sum += d * d;
  }
  return sum;
}

LaneSet lanes_with_spread(Sample const& sample, Lanes const& mean, Lanes const& sd) {
  LaneMask const positive = sd > Lanes(0.0);
  // The rounding error of a sum of n terms is at most n 2^-53 of the sum of their sizes.
  if (!any(sd <= Lanes(static_cast<double>(sample.n()) * 0x1p-52) * abs(mean))) return to_set(positive);
  LaneMask differ = to_mask(0);
  for (std::int64_t i = 1; i < sample.n(); ++i) differ = differ | (sample(i) != sample(0));
  return to_set(positive & differ);
}

}  // namespace fisherlab::sim
