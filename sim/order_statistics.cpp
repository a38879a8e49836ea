#include "sim/order_statistics.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <vector>

#include "sim/sums.hpp"
#include "sim/totals.hpp"

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

/// Sorts n values of every lane at once by Batcher's merge exchange (Knuth 1998, The Art of Computer Programming 3,
/// algorithm 5.2.2 M): exchanges between places that do not depend on the data, n log2(n)^2/4 of them, each a minimum
/// and a maximum of eight lanes.
void sort_lanes(std::vector<Lanes>& x) {
  std::size_t const n = x.size();
  if (n < 2) return;
  std::size_t const top = std::bit_ceil(n) / 2;
  for (std::size_t p = top; p > 0; p /= 2) {
    std::size_t phase = 0;
    std::size_t apart = p;
    for (std::size_t q = top;; q /= 2) {
      for (std::size_t first = phase; first + apart < n; first += 2 * p) {  // places i with (i & p) == phase
        std::size_t const end = std::min(first + p, n - apart);
        for (std::size_t i = first; i < end; ++i) {
          Lanes const low = x[i];
          Lanes const high = x[i + apart];
          LaneMask const swapped = high < low;
          x[i] = select(swapped, high, low);
          x[i + apart] = select(swapped, low, high);
        }
      }
      if (q == p) break;
      apart = q - p;
      phase = p;
    }
  }
}

/// Above this n the selection of each lane by itself, whose work grows as n, costs less than exchanges of all
/// (measured: bench/order_statistics.cpp).
constexpr std::int64_t largest_sorted = 2048;

void quantiles_of_each_lane(Sample const& sample, std::span<double const> probabilities, Lanes* out) {
  std::vector<double> x(static_cast<std::size_t>(sample.n()));
  for (int lane = 0; lane < lane_count; ++lane) {
    for (std::int64_t i = 0; i < sample.n(); ++i) x[static_cast<std::size_t>(i)] = sample(i)[lane];
    for (std::size_t k = 0; k < probabilities.size(); ++k)
      out[k].set(lane, interpolated(x, static_cast<double>(sample.n() - 1) * probabilities[k]));
  }
}

void quantiles_of_all_lanes(Sample const& sample, std::span<double const> probabilities, Lanes* out) {
  std::vector<Lanes> x(static_cast<std::size_t>(sample.n()));
  for (std::int64_t i = 0; i < sample.n(); ++i) x[static_cast<std::size_t>(i)] = sample(i);
  sort_lanes(x);
  for (std::size_t j = 0; j < probabilities.size(); ++j) {
    double const place = static_cast<double>(sample.n() - 1) * probabilities[j];
    auto const k = static_cast<std::size_t>(std::floor(place));
    double const weight = place - std::floor(place);
    out[j] = weight == 0.0 ? x[k] : x[k] + weight * (x[k + 1] - x[k]);
  }
}

}  // namespace

void sample_quantiles(Sample const& sample, std::span<double const> probabilities, Lanes* out) {
  if (sample.n() <= largest_sorted)
    quantiles_of_all_lanes(sample, probabilities, out);
  else
    quantiles_of_each_lane(sample, probabilities, out);
}

Lanes sample_median(Sample const& sample) {
  double const half = 0.5;
  Lanes median;
  sample_quantiles(sample, {&half, 1}, &median);
  return median;
}

Lanes sample_mean(Sample const& sample) { return gathered(SampleTotal(), sample).mean(); }

Lanes sum_of_squares(Sample const& sample, Lanes const& centre) {
  return sum_of_terms(0, sample.n(), [&](std::int64_t i) {
    Lanes const d = sample(i) - centre;
    return d * d;
  });
}

bool is_spread_in_doubt(double n, Lanes const& mean, Lanes const& sd) {
  // The rounding error of a sum of n terms is at most n 2^-53 of the sum of their sizes.
  return any(sd <= Lanes(n * 0x1p-52) * abs(mean));
}

LaneSet lanes_with_spread(Sample const& sample, Lanes const& mean, Lanes const& sd) {
  LaneMask const positive = sd > Lanes(0.0);
  if (!is_spread_in_doubt(static_cast<double>(sample.n()), mean, sd)) return to_set(positive);
  LaneMask differ = to_mask(0);
  for (std::int64_t i = 1; i < sample.n(); ++i) differ = differ | (sample(i) != sample(0));
  return to_set(positive & differ);
}

}  // namespace fisherlab::sim
