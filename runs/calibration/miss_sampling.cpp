#include "runs/calibration/miss_sampling.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <utility>

#include "runs/calibration/each_in_turn.hpp"
#include "runs/calibration/pushes.hpp"
#include "runs/calibration/ways_to_miss.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::VectorXd;

constexpr std::int64_t at_once = 8;                  ///< samples that are measured in one walk over the draws
constexpr std::int64_t most_of_piece = 6 * at_once;  ///< samples that one thread takes

}  // namespace

MissSampling::MissSampling(Examined const& examined, TiltedLaws const& laws, double truth, std::vector<Tilt> tilts,
                           std::int64_t samples, std::uint64_t key)
    : examined_(examined), laws_(laws), truth_(truth), tilts_(std::move(tilts)), key_(key) {
  auto const replicates = static_cast<double>(examined.replicates);
  std::vector<double> costs;
  for (auto const& tilt : tilts_) {
    double sum = 0;
    for (std::size_t s = 0; s < laws.features.size(); ++s) sum += laws.tilted(tilt, s).second;
    norms_.push_back(replicates * sum);
    costs.push_back(replicates * laws.relative_entropy(tilt));
  }
  double const least = std::ranges::min(costs);
  double total = 0;
  for (double const cost : costs) total += std::exp(least - cost);
  for (double const cost : costs) {
    double const share = 0.5 / static_cast<double>(costs.size()) + 0.5 * std::exp(least - cost) / total;
    from_each_.push_back(static_cast<std::int64_t>(std::ceil(share * static_cast<double>(samples))));
    in_round_ += from_each_.back();
  }
}

void MissSampling::draw() {
  struct Piece {
    std::size_t tilt;
    std::int64_t first, last;  // numbers of its samples
  };
  std::vector<Piece> pieces;
  for (std::size_t tilt = 0; tilt < tilts_.size(); ++tilt)
    for (std::int64_t left = from_each_[tilt]; left > 0; left -= most_of_piece) {
      auto const count = std::min(left, most_of_piece);
      pieces.push_back({tilt, samples_, samples_ + count});
      samples_ += count;
    }
  auto const work = [&](std::size_t k) { return weights_of_misses(pieces[k].tilt, pieces[k].first, pieces[k].last); };
  auto const add = [&](std::vector<double> const& weights) {
    for (double const weight : weights) {
      sum_ += weight;
      squares_ += weight * weight;
      largest_ = std::max(largest_, weight);
    }
  };
  each_in_turn<std::vector<double>>(pieces.size(), examined_.execution, work, add);
}

MissRate MissSampling::rate() const {
  MissRate rate;
  rate.samples = samples_;
  auto const n = static_cast<double>(samples_);
  rate.probability = sum_ / n;
  rate.std_error = std::sqrt(std::max(0.0, squares_ / n - rate.probability * rate.probability) / n);
  rate.effective = squares_ > 0 ? sum_ * sum_ / squares_ : 0;
  rate.largest_share = sum_ > 0 ? largest_ / sum_ : 0;
  return rate;
}

/// Of one tilted law.
std::vector<double> MissSampling::weights_of_misses(std::size_t tilt, std::int64_t first, std::int64_t last) const {
  std::vector<Urn> urns;
  for (std::size_t s = 0; s < laws_.features.size(); ++s) urns.emplace_back(laws_.tilted(tilts_[tilt], s).first);
  std::vector<double> weights;
  for (auto k = first; k < last; k += at_once) add_misses(urns, k, std::min(last, k + at_once), weights);
  return weights;
}

/// Of samples that are measured together.
void MissSampling::add_misses(std::vector<Urn> const& urns, std::int64_t first, std::int64_t last,
                              std::vector<double>& weights) const {
  Drawn samples(urns.size());
  for (auto number = first; number < last; ++number) {
    auto stream = stream_of(key_, "sample", number);
    for (std::size_t s = 0; s < urns.size(); ++s) samples[s].push_back(drawn(urns[s], stream));
  }
  auto const measured = examined_.at_each(samples);
  for (std::size_t k = 0; k < measured.size(); ++k)
    if (gap(measured[k], truth_, End::lower) > 0 || gap(measured[k], truth_, End::upper) > 0)
      weights.push_back(1 / density_ratio(samples, k));
}

/// One sample of a scenario.
std::vector<double> MissSampling::drawn(Urn const& urn, sim::ScalarStream& stream) const {
  std::vector<double> counts(urn.size(), 0.0);
  for (std::int64_t r = 0; r < examined_.replicates; ++r) ++counts[urn.draw(stream)];
  return counts;
}

/// The mixture over the law, at a sample.
double MissSampling::density_ratio(Drawn const& drawn, std::size_t sample) const {
  VectorXd sums = VectorXd::Zero(laws_.size);
  for (std::size_t s = 0; s < drawn.size(); ++s) {
    Eigen::Map<VectorXd const> const n(drawn[s][sample].data(), laws_.features[s].values.cols());
    sums.segment(laws_.offsets[s], laws_.features[s].values.rows()) = laws_.features[s].values * n;
  }
  double ratio = 0;
  for (std::size_t t = 0; t < tilts_.size(); ++t)
    ratio += static_cast<double>(from_each_[t]) * std::exp(tilts_[t].dot(sums) - norms_[t]);
  return ratio / static_cast<double>(in_round_);
}

}  // namespace fisherlab::runs
