#include "runs/calibration/ways_to_miss.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace fisherlab::runs {
namespace {

constexpr double least_likely = 4;   ///< logarithm of how often the likeliest way happens beside it
constexpr double same_within = 0.5;  ///< standard deviations of log likelihood ratios

}  // namespace

double gap(Measurement const& m, double truth, End end) {
  double const gap = end == End::lower ? m.lower - truth : truth - m.upper;
  return std::isfinite(gap) ? gap : -std::numeric_limits<double>::infinity();
}

bool MissSearch::misses(Tilt const& tilt, End end) const {
  return gap(examined_.at(expected_weights(examined_, laws_, tilt)), truth_, end) > 0;
}

Tilt MissSearch::bisected(Tilt const& along, double inside, double outside, End end) const {
  for (int k = 0; k < 6; ++k) {
    double const middle = (inside + outside) / 2;
    (misses(middle * along, end) ? outside : inside) = middle;
  }
  return outside * along;
}

std::optional<Tilt> MissSearch::edge(Tilt const& along, End end) const {
  double const variance = laws_.variance_of(along);
  if (!(variance > 0) || !std::isfinite(variance)) return std::nullopt;
  double const unit = examined_.critical / std::sqrt(static_cast<double>(examined_.replicates) * variance);
  double inside = 0;
  for (double const far : {0.6, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0}) {
    if (misses(far * unit * along, end)) return bisected(unit * along, inside, far, end);
    inside = far;
  }
  return std::nullopt;
}

std::optional<Tilt> MissSearch::edge_near(Tilt const& tilt, End end) const {
  double inside = 1, outside = 1;
  if (misses(tilt, end))
    while (inside > 0.5 && misses(inside * tilt, end)) outside = inside, inside *= 0.93;
  else
    while (!misses(outside * tilt, end)) {
      inside = outside, outside *= 1.07;
      if (outside > 1.5) return std::nullopt;
    }
  return bisected(tilt, inside, outside, end);
}

std::optional<Tilt> MissSearch::nearer(WayToMiss const& way) const {
  auto const beyond = [&](Measurement const& m) { return gap(m, truth_, way.end); };
  auto const along = influence(examined_, laws_, way.tilt, beyond, 0.1);
  return along ? edge(*along, way.end) : std::nullopt;
}

std::vector<WayToMiss> MissSearch::ways_from(Tilt const& push) const {
  std::vector<WayToMiss> found;
  for (End const end : {End::lower, End::upper}) {
    auto const first = edge(push, end);
    if (!first) continue;
    WayToMiss way{*first, end};
    for (int round = 0; round < 2; ++round) {
      auto const next = nearer(way);
      if (!next) break;
      way.tilt = *next;
    }
    found.push_back(way);
  }
  return found;
}

std::vector<WayToMiss> MissSearch::likely(std::vector<WayToMiss> const& ways) const {
  auto const replicates = static_cast<double>(examined_.replicates);
  std::vector<double> costs;
  costs.reserve(ways.size());
  for (auto const& way : ways) costs.push_back(laws_.relative_entropy(way.tilt) * replicates);
  std::vector<std::size_t> order(ways.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t k) { return costs[k]; });
  std::vector<WayToMiss> kept;
  for (auto const k : order) {
    if (costs[k] > costs[order.front()] + least_likely) break;
    bool const is_new = std::ranges::none_of(kept, [&](WayToMiss const& other) {
      return replicates * laws_.variance_of(other.tilt - ways[k].tilt) < same_within * same_within;
    });
    if (is_new) kept.push_back(ways[k]);
  }
  return kept;
}

}  // namespace fisherlab::runs
