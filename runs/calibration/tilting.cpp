#include "runs/calibration/tilting.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "runs/calibration/effort.hpp"
#include "runs/calibration/miss_sampling.hpp"
#include "runs/calibration/pushes.hpp"
#include "runs/calibration/thinned.hpp"
#include "runs/calibration/ways_to_miss.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using Eigen::MatrixXd, Eigen::VectorXd;

constexpr std::size_t few_ways = 8;  ///< that are brought nearer among all draws
constexpr int most_rounds = 4;       ///< of samples, where they do not settle it

/// Of a functional under the laws themselves. Steps are small, for a norm has a kink at 0.
std::optional<Tilt> influence_at_rest(Examined const& examined, TiltedLaws const& laws, Functional const& functional) {
  return influence(examined, laws, Tilt::Zero(laws.size), functional, 1e-3);
}

class Tilting {
 public:
  Tilting(Examined const& examined, std::uint64_t key)
      : examined_(examined),
        effort_(effort_for(examined)),
        thinned_(examined, effort_.draws),
        key_(key),
        pushes_(pushes_of(examined, thinned_, effort_, key)) {}

  MissRate answer(std::int64_t samples) {
    MissRate rate;
    if ((rate.is_constant = laws_.linear == 0)) return rate;
    centre();
    auto const here = examined_.at(weights(Tilt::Zero(laws_.size)));
    truth_ = here.estimate;
    if (examined_.exact && std::fabs(here.estimate - *examined_.exact) <= 0.1 * here.std_error)
      truth_ = *examined_.exact;
    if (!std::isfinite(here.lower) && !std::isfinite(here.upper)) {
      rate.open = here.reason.empty() ? "no interval" : here.reason;
      return rate;
    }
    if ((rate.is_constant = here.lower == here.upper)) return rate;
    MissSampling sampling(examined_, laws_, truth_, ways_to_miss(here), samples, key_);
    for (int round = 0; round < most_rounds; ++round) {
      sampling.draw();
      rate = sampling.rate();
      if (rate.is_settled() || rate.is_bounded(examined_.charged) || rate.effective == 0) break;
    }
    return rate;
  }

 private:
  Weights weights(Tilt const& tilt) const { return expected_weights(examined_, laws_, tilt); }

  /// Moves the law of the draws so that what is measured is what theory says, by Newton steps along its influence: as
  /// the thinned draws show it, or all of them where a step has not halved the distance (where looks are dear, two
  /// steps of the first kind). Not where the draws contradict the theory, as those of a planted defect do: the law
  /// stays as it is, and its own value is the truth.
  void centre() {
    if (!examined_.exact) return;
    auto const off = [&](Measurement const& m) { return m.estimate - *examined_.exact; };
    bool among_few = true;
    double before = std::numeric_limits<double>::infinity();
    for (int step = 0; step < effort_.steps; ++step) {
      auto const m = examined_.at(weights(Tilt::Zero(laws_.size)));
      double const errors = std::fabs(off(m)) / m.std_error;
      if (!std::isfinite(errors) || errors <= 0.02 || errors > 6) return;
      among_few = effort_.is_small || (among_few && errors <= before / 2);
      before = errors;
      auto const along = among_few ? influence_at_rest(thinned_.examined(), thinned_.laws(laws_), off)
                                   : influence_at_rest(examined_, laws_, off);
      double const variance = along ? laws_.variance_of(*along) : 0.0;
      if (!(variance > 0)) return;
      Tilt const move = -off(m) / variance * *along;
      for (std::size_t s = 0; s < laws_.features.size(); ++s) laws_.features[s].law = laws_.tilted(move, s).first;
    }
  }

  /// From all pushes, in one set of draws.
  std::vector<WayToMiss> searched(MissSearch const& search) const {
    std::vector<WayToMiss> found;
    each_in_turn<std::vector<WayToMiss>>(
        pushes_.directions.size(), examined_.execution,
        [&](std::size_t k) { return search.ways_from(pushes_.directions[k]); },
        [&](std::vector<WayToMiss> const& ways) { found.insert(found.end(), ways.begin(), ways.end()); });
    return search.likely(found);
  }

  /// What is found among few of the draws, with its edges among all; few ways are also brought a step nearer there.
  std::vector<WayToMiss> searched_in_few(MissSearch const& among_all) const {
    auto const laws = thinned_.laws(laws_);
    auto const at_rest = expected_weights(thinned_.examined(), laws, Tilt::Zero(laws.size));
    auto const here = thinned_.examined().at(at_rest);
    MissSearch const among_few(thinned_.examined(), laws, here, here.estimate);
    auto const ways = searched(among_few);
    std::vector<WayToMiss> found;
    each_in_turn<std::optional<WayToMiss>>(
        ways.size(), examined_.execution,
        [&](std::size_t k) -> std::optional<WayToMiss> {
          auto const tilt = among_all.edge_near(ways[k].tilt, ways[k].end);
          if (!tilt) return std::nullopt;
          WayToMiss const way{*tilt, ways[k].end};
          bool const goes_on = ways.size() <= few_ways && !effort_.is_small;
          auto const next = goes_on ? among_all.nearer(way) : std::nullopt;
          return next ? WayToMiss{*next, way.end} : way;
        },
        [&](std::optional<WayToMiss> const& way) {
          if (way) found.push_back(*way);
        });
    if (found.empty()) return ways;  // a way that is about right is better than none
    return among_all.likely(found);
  }

  std::vector<Tilt> ways_to_miss(Measurement const& here) const {
    MissSearch const among_all(examined_, laws_, here, truth_);
    auto ways = searched_in_few(among_all);
    if (ways.empty() && !effort_.is_small) ways = searched(among_all);
    std::vector<Tilt> found;
    for (auto const& way : ways) found.push_back(way.tilt);
    if (!found.empty()) return found;
    double const usual = examined_.critical / std::sqrt(static_cast<double>(examined_.replicates));
    for (auto const& push : pushes_.directions) found.push_back(usual * push);
    return found;
  }

  Examined const& examined_;
  Effort effort_;
  Thinned thinned_;
  std::uint64_t key_;
  Pushes pushes_;
  TiltedLaws& laws_ = pushes_.laws;
  double truth_ = 0;
};

}  // namespace

MissRate miss_rate(Examined const& examined, std::int64_t samples, std::uint64_t key) {
  return Tilting(examined, key).answer(samples);
}

}  // namespace fisherlab::runs
