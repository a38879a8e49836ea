#include "claims/instruments/probes/bias_eliminated_coverage.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "sim/tallies/indicators.hpp"

namespace fisherlab::claims {
namespace {

/// P(statistic < z) by linear interpolation within one of 4,096 cells; near 0 a cell is 1/1024 of a standard error
/// wide, far below what the count can tell.
double share_below(sim::Histogram const& law, double z, std::int64_t count) {
  int const cell = sim::Histogram::cell_of(z);
  std::int64_t below = 0;
  for (int k = 0; k < cell; ++k) below += law.cells[static_cast<std::size_t>(k)];
  double const left = cell == 0 ? z : sim::Histogram::upper_edge(cell - 1);
  double const right = sim::Histogram::upper_edge(cell);
  double const part = right > left && std::isfinite(right) ? (z - left) / (right - left) : 0.5;
  return (static_cast<double>(below) + part * static_cast<double>(law.cells[static_cast<std::size_t>(cell)])) /
         static_cast<double>(count);
}

double density(sim::Histogram const& law, double z, double half_width, std::int64_t count) {
  return (share_below(law, z + half_width, count) - share_below(law, z - half_width, count)) / (2 * half_width);
}

/// Cov(1{L <= m <= U}, e); nothing where m lies beyond the watched points.
std::optional<double> covariance_at(sim::Moments const& moments, BiasEliminatedPlaces const& places, double m) {
  for (std::size_t j = 0; j + 1 < watched_points.size(); ++j) {
    double const left = watched_points[j], right = watched_points[j + 1];
    if (!(left <= m && m <= right)) continue;
    int const at = places.watched + static_cast<int>(j);
    double const part = (m - left) / (right - left);
    return (1 - part) * moments.covariance(at, places.error) + part * moments.covariance(at + 1, places.error);
  }
  return std::nullopt;
}

}  // namespace

void watch(LaneInterval const& interval, sim::Lanes* out) {
  sim::indicate_held(interval.lower, interval.upper, watched_points, out);
}

Estimated share_with_error(HeldMean const& held, double replicates) {
  double const binomial = held.share * (1 - held.share);
  double const bound = std::copysign(std::sqrt(binomial * held.variance), held.slope);
  double const sum =
      binomial + 2 * held.slope * held.covariance.value_or(bound) + held.slope * held.slope * held.variance;
  return {held.share, std::sqrt(std::max(sum, 0.0) / replicates)};
}

Estimated bias_eliminated_coverage(sim::Tally const& tally, BiasEliminatedPlaces const& places) {
  auto const &lower = tally.positions[places.ends], &upper = tally.positions[places.ends + 1];
  double const m = tally.moments.mean[static_cast<std::size_t>(places.error)];
  HeldMean held;
  held.share = std::clamp(share_below(lower, m, tally.count) - share_below(upper, m, tally.count), 0.0, 1.0);
  held.variance = tally.moments.variance(places.error);
  if (held.variance > 0) {
    double const half_width = density_window * std::sqrt(held.variance);
    held.slope = density(lower, m, half_width, tally.count) - density(upper, m, half_width, tally.count);
    held.covariance = covariance_at(tally.moments, places, m);
  }
  return share_with_error(held, static_cast<double>(tally.count));
}

}  // namespace fisherlab::claims
