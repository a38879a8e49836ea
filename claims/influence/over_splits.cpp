#include "claims/influence/over_splits.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "base/special/inverse_laws.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/mean.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {
namespace {

constexpr std::size_t most_exact = 16;  ///< values whose sign patterns are all tried
constexpr int drawn_patterns = 65'535;

double mean_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// |sum of the values with the signs of the bits of `pattern`|.
double flipped_sum(std::vector<double> const& values, std::uint64_t pattern) {
  double sum = 0;
  for (std::size_t k = 0; k < values.size(); ++k) sum += (pattern >> (k % 64) & 1) != 0 ? -values[k] : values[k];
  return std::fabs(sum);
}

/// The same with signs from a stream, for any number of values.
double flipped_sum(std::vector<double> const& values, sim::Stream<double>& stream) {
  double sum = 0;
  for (std::size_t k = 0; k < values.size(); k += 64) {
    auto const last = std::min(values.size(), k + 64);
    auto bits = stream.next();
    for (auto i = k; i < last; ++i, bits >>= 1) sum += (bits & 1) != 0 ? -values[i] : values[i];
  }
  return std::fabs(sum);
}

}  // namespace

double fisher_z(double r, std::int64_t n) {
  expects(n >= 4, "a rank correlation needs at least four pairs, give more");
  auto const pairs = static_cast<double>(n);
  double const most = 1 - 6 / (pairs * (pairs * pairs - 1));
  return std::atanh(std::clamp(r, -most, most));
}

double sign_flip_p(std::vector<double> const& values, sim::StreamKey const& key) {
  if (values.size() < 2) return 1;
  double size = 0;
  for (double const value : values) size += std::fabs(value);
  // A pattern that only rounds below the sum seen reaches it.
  double const seen = flipped_sum(values, 0) - 1e-12 * size;
  if (values.size() <= most_exact) {
    // The first sign is left as it is: a pattern and its opposite have the same |sum|.
    auto const patterns = std::uint64_t{1} << (values.size() - 1);
    std::uint64_t reached = 0;
    for (std::uint64_t k = 0; k < patterns; ++k) reached += flipped_sum(values, k << 1) >= seen ? 1 : 0;
    return static_cast<double>(reached) / static_cast<double>(patterns);
  }
  sim::Stream<double> stream(key);
  int reached = 1;
  for (int k = 0; k < drawn_patterns; ++k) reached += flipped_sum(values, stream) >= seen ? 1 : 0;
  return reached / (drawn_patterns + 1.0);
}

std::vector<HolmStep> holm(std::vector<double> const& p_values, double family_error) {
  expects(family_error > 0 && family_error < 1, "a family error lies between 0 and 1");
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p_values[a] < p_values[b]; });
  std::vector<HolmStep> steps(p_values.size());
  bool open = true;
  double error = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (open) error = family_error / static_cast<double>(order.size() - k);
    open = open && p_values[order[k]] <= error;
    steps[order[k]] = {1 - error, open};
  }
  return steps;
}

Measurement mean_over_splits(OverSplits const& sample, HolmStep const& step) {
  auto const count = static_cast<std::int64_t>(sample.values.size());
  if (count < 2) return measured({}, vacuous_interval(), count, sample.dropped);
  double const mean = mean_of(sample.values);
  double square = 0;
  for (double const value : sample.values) square += (value - mean) * (value - mean);
  auto interval = mean_interval({mean, square / static_cast<double>(count - 1), count}, 1 - step.level);
  if (!step.rejected) {
    interval.lower = std::min(interval.lower, 0.0);
    interval.upper = std::max(interval.upper, 0.0);
  }
  return measured({}, interval, count, sample.dropped);
}

Measurement splits_needed(OverSplits const& sample, Effect const& effect) {
  auto const count = static_cast<std::int64_t>(sample.values.size());
  if (count < 3) return measured({}, vacuous_interval(), count, sample.dropped);
  double const mean = mean_of(sample.values);
  double square = 0;
  for (double const value : sample.values) square += (value - mean) * (value - mean);
  double const z = normal_quantile(1 - effect.alpha / 2), z_power = normal_quantile(0.9);
  auto const splits = [&](double variance) {
    return (z + z_power) * (z + z_power) * variance / (effect.size * effect.size) + z * z / 2;
  };
  auto const degrees = static_cast<double>(count - 1);
  auto const chi_squared = [degrees](double p) { return 2 * gamma_quantile(p, {degrees / 2}); };
  Interval needed{splits(square / degrees), 0, splits(square / chi_squared(0.975)),
                  splits(square / chi_squared(0.025))};
  needed.std_error = (needed.estimate - z * z / 2) * std::sqrt(2 / degrees);
  return measured({}, needed, count, sample.dropped);
}

Measurement bounded_mean(Bounded const& sample, double alpha) {
  auto const count = static_cast<double>(sample.count);
  double const half = sample.range * std::sqrt(std::log(2 / alpha) / (2 * count));
  // No number in an interval of that width has a larger standard deviation than half of it.
  double const std_error = sample.range / 2 / std::sqrt(count);
  return measured({}, {sample.mean, std_error, sample.mean - half, sample.mean + half}, sample.count);
}

}  // namespace fisherlab::claims
