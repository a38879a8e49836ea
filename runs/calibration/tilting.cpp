#include "runs/calibration/tilting.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "runs/calibration/pushes.hpp"
#include "runs/calibration/urn.hpp"
#include "sim/engine/engine.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using Eigen::MatrixXd, Eigen::VectorXd;

enum class End { lower, upper };

class Tilting {
 public:
  Tilting(Examined const& examined, std::uint64_t key, std::function<bool()> const& stop)
      : examined_(examined), key_(key), stop_(stop), pushes_(pushes_of(examined, key)) {}

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

  /// How far the interval lies beyond the truth; positive: it misses. -inf where there is no interval.
  double gap(Measurement const& m, End end) const {
    double const gap = end == End::lower ? m.lower - truth_ : truth_ - m.upper;
    return std::isfinite(gap) ? gap : -std::numeric_limits<double>::infinity();
  }
  double gap(Tilt const& tilt, End end) const { return gap(examined_.at(weights(tilt)), end); }

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

  /// The tilt along a direction at which the interval just misses; none where none up to four times the critical distance
  /// does.
  std::optional<Tilt> edge(Tilt const& along, End end) const {
    double const variance = laws_.variance_of(along);
    if (!(variance > 0) || !std::isfinite(variance)) return std::nullopt;
    double const unit = examined_.critical / std::sqrt(static_cast<double>(examined_.replicates) * variance);
    double inside = 0;
    for (double const far : {0.6, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0}) {
      if (!(gap(far * unit * along, end) > 0)) {
        inside = far;
        continue;
      }
      double outside = far;
      for (int k = 0; k < 6; ++k) {
        double const middle = (inside + outside) / 2;
        (gap(middle * unit * along, end) > 0 ? outside : inside) = middle;
      }
      return outside * unit * along;
    }
    return std::nullopt;
  }

  /// What a push leads to: the likeliest ways to miss at either end. None where no push of four times the critical distance
  /// makes the interval miss.
  std::vector<Tilt> ways_from(Tilt const& push) const {
    std::vector<Tilt> found;
    for (End const end : {End::lower, End::upper}) {
      auto way = edge(push, end);
      if (!way) continue;
      for (int round = 0; round < 2; ++round) {
        auto const beyond = [&](Measurement const& m) { return gap(m, end); };
        auto const along = influence(examined_, laws_, *way, beyond, 0.1);
        auto const next = along ? edge(*along, end) : std::nullopt;
        if (!next) break;
        way = next;
      }
      found.push_back(*way);
    }
    return found;
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

  std::vector<Tilt> ways_to_miss() const {
    auto const& all = pushes_.directions;
    std::vector<Tilt> found;
    each<std::vector<Tilt>>(
        all.size(), [&](std::size_t k) { return ways_from(all[k]); },
        [&](std::vector<Tilt> const& ways) { found.insert(found.end(), ways.begin(), ways.end()); });
    if (!found.empty()) return likely(found);
    double const usual = examined_.critical / std::sqrt(static_cast<double>(examined_.replicates));
    for (auto const& push : all) found.push_back(usual * push);
    return found;
  }

  /// Without those that are too far to matter beside the nearest: less likely by a factor of e^4.
  std::vector<Tilt> likely(std::vector<Tilt> const& tilts) const {
    std::vector<double> costs;
    for (auto const& tilt : tilts)
      costs.push_back(laws_.relative_entropy(tilt) * static_cast<double>(examined_.replicates));
    double const least = *std::ranges::min_element(costs);
    std::vector<Tilt> kept;
    for (std::size_t k = 0; k < tilts.size(); ++k)
      if (costs[k] <= least + 4) kept.push_back(tilts[k]);
    return kept;
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
        if (gap(m, End::lower) > 0 || gap(m, End::upper) > 0)
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
