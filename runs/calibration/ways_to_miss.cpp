#include "runs/calibration/ways_to_miss.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

namespace fisherlab::runs {
namespace {

constexpr double least_likely = 4;   ///< logarithm of how often the likeliest way happens beside it
constexpr double same_within = 0.5;  ///< standard deviations of log likelihood ratios
constexpr int most_looks = 12;
constexpr double closed_within = 0.01;  ///< of the distance from rest to the usual edge

/// The gap at a multiple of a tilt.
struct Look {
  double at = 0;
  double gap = 0;
};

/// The line from rest to where a gap closes. It is nearly straight, and its slope is about the usual one, the distance
/// of the end from what is measured for one unit; but an end that is held at 0 leaves it flat until it is off 0.
struct Line {
  Look rest;
  double usual = 0;  ///< slope

  bool is_flat(Look const& inside) const { return inside.gap == rest.gap; }
  /// Where it closes, between looks at both sides.
  double between(Look const& inside, Look const& outside) const {
    double const slope = is_flat(inside) ? usual : (outside.gap - inside.gap) / (outside.at - inside.at);
    double const crossing = outside.at - outside.gap / slope;
    return crossing > inside.at && crossing < outside.at ? crossing : (inside.at + outside.at) / 2;
  }
  /// Where to look next beyond one that does not miss.
  double beyond(Look const& inside) const {
    if (is_flat(inside)) return inside.at * 1.25;
    if (inside.gap < rest.gap) return inside.at * 2;
    return std::min(inside.at * 2, inside.at - inside.gap * inside.at / (inside.gap - rest.gap));
  }
};

}  // namespace

double gap(Measurement const& m, double truth, End end) {
  double const gap = end == End::lower ? m.lower - truth : truth - m.upper;
  return std::isfinite(gap) ? gap : -std::numeric_limits<double>::infinity();
}

/// The multiple of a tilt at which the gap closes, to a hundredth: mostly at the second look, each a walk over the
/// draws.
std::optional<Tilt> MissSearch::closed_along(Tilt const& along, End end, double farthest) const {
  Line const line{{0, gap(at_rest_, truth_, end)}, examined_.critical * at_rest_.std_error};
  Look inside = line.rest;
  std::optional<Look> outside;
  bool has_widened = false;
  double at = 1;
  for (int looks = 0; looks < most_looks; ++looks) {
    Look const here{at, gap(examined_.at(expected_weights(examined_, laws_, at * along)), truth_, end)};
    if (std::fabs(here.gap) <= closed_within * line.usual && !line.is_flat(here)) return at * along;
    if (here.gap > 0) {
      outside = here;
    } else if (std::isfinite(here.gap)) {
      if (here.gap < inside.gap && std::exchange(has_widened, true)) return std::nullopt;
      inside = here;
    } else {
      farthest = at;  // no interval there
    }
    if (outside) {
      if (outside->at - inside.at < closed_within) break;
      at = line.between(inside, *outside);
    } else {
      if (inside.at > farthest - closed_within) return std::nullopt;
      double const next = inside.at == 0 ? 1 : line.beyond(inside);
      at = next < farthest ? next : std::isfinite(here.gap) ? farthest : (inside.at + farthest) / 2;
    }
  }
  if (!outside) return std::nullopt;
  return outside->at * along;
}

std::optional<Tilt> MissSearch::edge(Tilt const& along, End end) const {
  double const variance = laws_.variance_of(along);
  if (!(variance > 0) || !std::isfinite(variance)) return std::nullopt;
  double const unit = examined_.critical / std::sqrt(static_cast<double>(examined_.replicates) * variance);
  return closed_along(unit * along, end, 4);
}

std::optional<Tilt> MissSearch::edge_near(Tilt const& tilt, End end) const { return closed_along(tilt, end, 2); }

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
