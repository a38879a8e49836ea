#include "runs/calibration/tilting.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "runs/calibration/pushes.hpp"
#include "runs/calibration/thinned.hpp"
#include "runs/calibration/urn.hpp"
#include "runs/calibration/ways_to_miss.hpp"
#include "sim/engine/engine.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using Eigen::MatrixXd, Eigen::VectorXd;

constexpr std::int64_t draws_searched = 16384;  ///< of those that are stored
constexpr std::size_t few_ways = 8;             ///< that are brought nearer among all draws

class Tilting {
 public:
  Tilting(Examined const& examined, std::uint64_t key, std::function<bool()> const& stop)
      : examined_(examined),
        thinned_(examined, draws_searched),
        key_(key),
        stop_(stop),
        pushes_(pushes_of(examined, thinned_, key)) {}

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
    sample(ways_to_miss(), samples, rate);
    return rate;
  }

 private:
  Weights weights(Tilt const& tilt) const { return expected_weights(examined_, laws_, tilt); }

  /// Moves the law of the draws so that what is measured is what theory says, by Newton steps along its influence. Not
  /// where the draws contradict the theory, as those of a planted defect do: the law stays as it is, and its own value
  /// is the truth.
  void centre() {
    if (!examined_.exact) return;
    auto const off = [&](Measurement const& m) { return m.estimate - *examined_.exact; };
    for (int step = 0; step < 12; ++step) {
      auto const m = examined_.at(weights(Tilt::Zero(laws_.size)));
      double const errors = std::fabs(off(m)) / m.std_error;
      if (!std::isfinite(errors) || errors <= 0.02 || errors > 6) return;
      auto const along = influence(examined_, laws_, Tilt::Zero(laws_.size), off, 1e-3);  // a norm has a kink at 0
      double const variance = along ? laws_.variance_of(*along) : 0.0;
      if (!(variance > 0)) return;
      Tilt const move = -off(m) / variance * *along;
      for (std::size_t s = 0; s < laws_.features.size(); ++s) laws_.features[s].law = laws_.tilted(move, s).first;
    }
  }

  /// `work` for each k below `count`, on all threads; `fold` in their order.
  template <class Result>
  void each(std::size_t count, std::function<Result(std::size_t)> const& work,
            std::function<void(Result const&)> const& fold) const {
    sim::BlockWork blocks;
    blocks.last = static_cast<std::int64_t>(count);
    blocks.work = [&](std::int64_t k) { return std::make_shared<Result>(work(static_cast<std::size_t>(k))); };
    blocks.fold = [&](sim::BlockResult const& result) { fold(*static_cast<Result const*>(result.get())); };
    blocks.stop = stop_;
    sim::run_blocks(blocks, examined_.threads);
  }

  /// From all pushes, in one set of draws.
  std::vector<WayToMiss> searched(MissSearch const& search) const {
    std::vector<WayToMiss> found;
    each<std::vector<WayToMiss>>(
        pushes_.directions.size(), [&](std::size_t k) { return search.ways_from(pushes_.directions[k]); },
        [&](std::vector<WayToMiss> const& ways) { found.insert(found.end(), ways.begin(), ways.end()); });
    return search.likely(found);
  }

  /// What is found among few of the draws, with its edges among all; few ways are also brought a step nearer there.
  std::vector<WayToMiss> searched_in_few(MissSearch const& among_all) const {
    auto const laws = thinned_.laws(laws_);
    auto const at_rest = expected_weights(thinned_.examined(), laws, Tilt::Zero(laws.size));
    MissSearch const among_few(thinned_.examined(), laws, thinned_.examined().at(at_rest).estimate);
    auto const ways = searched(among_few);
    std::vector<WayToMiss> found;
    each<std::optional<WayToMiss>>(
        ways.size(),
        [&](std::size_t k) -> std::optional<WayToMiss> {
          auto const tilt = among_all.edge_near(ways[k].tilt, ways[k].end);
          if (!tilt) return std::nullopt;
          WayToMiss const way{*tilt, ways[k].end};
          auto const next = ways.size() <= few_ways ? among_all.nearer(way) : std::nullopt;
          return next ? WayToMiss{*next, way.end} : way;
        },
        [&](std::optional<WayToMiss> const& way) {
          if (way) found.push_back(*way);
        });
    return among_all.likely(found);
  }

  std::vector<Tilt> ways_to_miss() const {
    MissSearch const among_all(examined_, laws_, truth_);
    auto ways = searched_in_few(among_all);
    if (ways.empty()) ways = searched(among_all);
    std::vector<Tilt> found;
    for (auto const& way : ways) found.push_back(way.tilt);
    if (!found.empty()) return found;
    double const usual = examined_.critical / std::sqrt(static_cast<double>(examined_.replicates));
    for (auto const& push : pushes_.directions) found.push_back(usual * push);
    return found;
  }

  /// One sample of every scenario.
  Weights drawn(std::vector<Urn> const& urns, std::int64_t number) const {
    auto stream = stream_of(key_, "sample", number);
    Weights counts;
    for (std::size_t s = 0; s < urns.size(); ++s) {
      counts.emplace_back(laws_.features[s].law.size(), 0.0);
      for (std::int64_t r = 0; r < examined_.replicates; ++r) ++counts[s][urns[s].draw(stream)];
    }
    return counts;
  }

  void sample(std::vector<Tilt> const& tilts, std::int64_t samples, MissRate& rate) const {
    auto const replicates = static_cast<double>(examined_.replicates);
    std::vector<double> norms;
    for (auto const& tilt : tilts) {
      double sum = 0;
      for (std::size_t s = 0; s < laws_.features.size(); ++s) sum += laws_.tilted(tilt, s).second;
      norms.push_back(replicates * sum);
    }
    auto const count = static_cast<std::int64_t>(tilts.size());
    auto const from_each = (samples + count - 1) / count;
    double sum = 0, squares = 0, largest = 0;
    auto const weights_from = [&](std::size_t t) {
      std::vector<Urn> urns;
      for (std::size_t s = 0; s < laws_.features.size(); ++s) urns.emplace_back(laws_.tilted(tilts[t], s).first);
      std::vector<double> weights_of_misses;
      for (std::int64_t k = 0; k < from_each; ++k) {
        auto const counts = drawn(urns, static_cast<std::int64_t>(t) * from_each + k);
        auto const m = examined_.at(counts);
        if (gap(m, truth_, End::lower) > 0 || gap(m, truth_, End::upper) > 0)
          weights_of_misses.push_back(1 / density_ratio(tilts, norms, counts));
      }
      return weights_of_misses;
    };
    each<std::vector<double>>(tilts.size(), weights_from, [&](std::vector<double> const& found) {
      for (double const weight : found) {
        sum += weight;
        squares += weight * weight;
        largest = std::max(largest, weight);
      }
    });
    rate.samples = from_each * count;
    auto const n = static_cast<double>(rate.samples);
    rate.probability = sum / n;
    rate.std_error = std::sqrt(std::max(0.0, squares / n - rate.probability * rate.probability) / n);
    rate.effective = squares > 0 ? sum * sum / squares : 0;
    rate.largest_share = sum > 0 ? largest / sum : 0;
  }

  /// The mixture over the law, at a sample.
  double density_ratio(std::vector<Tilt> const& tilts, std::vector<double> const& norms, Weights const& counts) const {
    VectorXd sums = VectorXd::Zero(laws_.size);
    for (std::size_t s = 0; s < laws_.features.size(); ++s) {
      Eigen::Map<VectorXd const> const n(counts[s].data(), laws_.features[s].values.cols());
      sums.segment(laws_.offsets[s], laws_.features[s].values.rows()) = laws_.features[s].values * n;
    }
    double ratio = 0;
    for (std::size_t k = 0; k < tilts.size(); ++k) ratio += std::exp(tilts[k].dot(sums) - norms[k]);
    return ratio / static_cast<double>(tilts.size());
  }

  Examined const& examined_;
  Thinned thinned_;
  std::uint64_t key_;
  std::function<bool()> const& stop_;
  Pushes pushes_;
  TiltedLaws& laws_ = pushes_.laws;
  double truth_ = 0;
};

}  // namespace

MissRate miss_rate(Examined const& examined, std::int64_t samples, std::uint64_t key,
                   std::function<bool()> const& stop) {
  return Tilting(examined, key, stop).answer(samples);
}

}  // namespace fisherlab::runs
