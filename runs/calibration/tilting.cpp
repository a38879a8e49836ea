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
#include "sim/random/stream.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using Eigen::MatrixXd, Eigen::VectorXd;

constexpr std::int64_t draws_searched = 16384;  ///< of those that are stored
constexpr std::size_t few_ways = 8;             ///< that are brought nearer among all draws
constexpr std::int64_t at_once = 8;             ///< samples that are measured in one walk over the draws
constexpr std::int64_t share = 6 * at_once;     ///< samples that one thread takes

class Tilting {
 public:
  Tilting(Examined const& examined, std::uint64_t key)
      : examined_(examined),
        thinned_(examined, draws_searched),
        key_(key),
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

  /// From all pushes, in one set of draws.
  std::vector<WayToMiss> searched(MissSearch const& search) const {
    std::vector<WayToMiss> found;
    each_in_turn<std::vector<WayToMiss>>(
        pushes_.directions.size(), examined_.workers,
        [&](std::size_t k) { return search.ways_from(pushes_.directions[k]); },
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
    each_in_turn<std::optional<WayToMiss>>(
        ways.size(), examined_.workers,
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

  /// One sample of a scenario.
  std::vector<double> drawn(Urn const& urn, sim::ScalarStream& stream) const {
    std::vector<double> counts(urn.size(), 0.0);
    for (std::int64_t r = 0; r < examined_.replicates; ++r) ++counts[urn.draw(stream)];
    return counts;
  }

  /// Weights of the misses among samples first, ..., last - 1, drawn from one tilted law and measured together.
  template <class Weigh>
  void add_misses(std::vector<Urn> const& urns, std::int64_t first, std::int64_t last, Weigh const& weigh,
                  std::vector<double>& found) const {
    std::vector<Weights> samples(urns.size());  // by scenario
    for (auto number = first; number < last; ++number) {
      auto stream = stream_of(key_, "sample", number);
      for (std::size_t s = 0; s < urns.size(); ++s) samples[s].push_back(drawn(urns[s], stream));
    }
    auto const measured = examined_.at_each(samples);
    for (std::size_t k = 0; k < measured.size(); ++k)
      if (gap(measured[k], truth_, End::lower) > 0 || gap(measured[k], truth_, End::upper) > 0)
        found.push_back(weigh(samples, k));
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
    auto const shares = (from_each + share - 1) / share;  // of the samples from one tilt
    double sum = 0, squares = 0, largest = 0;
    auto const weigh = [&](std::vector<Weights> const& drawn, std::size_t k) {
      return 1 / density_ratio(tilts, norms, drawn, k);
    };
    auto const weights_from = [&](std::size_t task) {
      auto const t = static_cast<std::int64_t>(task) / shares, begin = static_cast<std::int64_t>(task) % shares * share;
      std::vector<Urn> urns;
      for (std::size_t s = 0; s < laws_.features.size(); ++s)
        urns.emplace_back(laws_.tilted(tilts[static_cast<std::size_t>(t)], s).first);
      std::vector<double> weights_of_misses;
      auto const end = std::min(from_each, begin + share);
      for (auto k = begin; k < end; k += at_once)
        add_misses(urns, t * from_each + k, t * from_each + std::min(end, k + at_once), weigh, weights_of_misses);
      return weights_of_misses;
    };
    auto const add = [&](std::vector<double> const& found) {
      for (double const weight : found) {
        sum += weight;
        squares += weight * weight;
        largest = std::max(largest, weight);
      }
    };
    each_in_turn<std::vector<double>>(static_cast<std::size_t>(count * shares), examined_.workers, weights_from, add);
    rate.samples = from_each * count;
    auto const n = static_cast<double>(rate.samples);
    rate.probability = sum / n;
    rate.std_error = std::sqrt(std::max(0.0, squares / n - rate.probability * rate.probability) / n);
    rate.effective = squares > 0 ? sum * sum / squares : 0;
    rate.largest_share = sum > 0 ? largest / sum : 0;
  }

  /// The mixture over the law, at sample k of those drawn.
  double density_ratio(std::vector<Tilt> const& tilts, std::vector<double> const& norms,
                       std::vector<Weights> const& drawn, std::size_t k) const {
    VectorXd sums = VectorXd::Zero(laws_.size);
    for (std::size_t s = 0; s < drawn.size(); ++s) {
      Eigen::Map<VectorXd const> const n(drawn[s][k].data(), laws_.features[s].values.cols());
      sums.segment(laws_.offsets[s], laws_.features[s].values.rows()) = laws_.features[s].values * n;
    }
    double ratio = 0;
    for (std::size_t t = 0; t < tilts.size(); ++t) ratio += std::exp(tilts[t].dot(sums) - norms[t]);
    return ratio / static_cast<double>(tilts.size());
  }

  Examined const& examined_;
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
