#include "sim/tallies/weighted.hpp"

#include <cmath>
#include <cstddef>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {
namespace {

double total(Lanes const& lanes) {
  double sum = 0;
  for (int lane = 0; lane < lane_count; ++lane) sum += lanes[lane];
  return sum;
}

/// Weighted sums of everything that a tally keeps.
class WeightedSums {
 public:
  explicit WeightedSums(NotedDraws const& draws)
      : draws_(draws),
        values_(static_cast<std::size_t>(draws.shape.values)),
        successes_(static_cast<std::size_t>(draws.shape.successes), Lanes(0.0)),
        deviations_(values_, Lanes(0.0)),
        sums_(values_, Lanes(0.0)),
        products_(packed_size(values_), Lanes(0.0)) {
    for (auto const& block : draws.shape.powers) powers_.emplace_back(block);
  }

  void fold(std::size_t batch, Lanes const& all) {
    Lanes const weight = all * draws_.used[batch];
    used_ += weight;
    dropped_ += all * draws_.dropped[batch];
    std::size_t k = 0;
    for (std::size_t a = 0; a < values_; ++a) {
      deviations_[a] = (draws_.values[batch * values_ + a] - draws_.centre[a]) * draws_.used[batch];
      Lanes const weighed = weight * deviations_[a];
      sums_[a] += weighed;
      for (std::size_t b = 0; b <= a; ++b) products_[k++] += weighed * deviations_[b];
    }
    for (auto& powers : powers_) powers.fold(deviations_.data(), weight);
    for (std::size_t s = 0; s < successes_.size(); ++s)
      successes_[s] += weight * draws_.successes[batch * successes_.size() + s];
  }

  Tally tally() const {
    Tally result(draws_.shape);
    double const used = total(used_);
    result.count = std::llround(used);
    result.dropped = std::llround(total(dropped_));
    result.moments.count = result.count;
    if (result.count == 0) return result;
    for (std::size_t s = 0; s < successes_.size(); ++s) result.successes[s] = std::llround(total(successes_[s]));
    auto const n = static_cast<double>(result.count);
    double const scale = n / used;
    std::vector<double> ahead(values_);
    for (std::size_t a = 0; a < values_; ++a) {
      ahead[a] = total(sums_[a]) / used;
      result.moments.mean[a] = draws_.centre[a] + ahead[a];
      for (std::size_t b = 0; b <= a; ++b) {
        auto const k = packed_index(a, b);
        result.moments.comoments[k] = scale * total(products_[k]) - n * ahead[a] * ahead[b];
      }
    }
    for (std::size_t k = 0; k < powers_.size(); ++k)
      result.powers[k] = powers_[k].finish(result.count, draws_.centre.data());
    return result;
  }

 private:
  NotedDraws const& draws_;
  std::size_t values_;
  Lanes used_ = 0.0, dropped_ = 0.0;
  std::vector<Lanes> successes_, deviations_, sums_, products_;
  std::vector<BlockPowers> powers_;
};

}  // namespace

Tally weighted_tally(NotedDraws const& draws, std::span<double const> weights) {
  WeightedSums sums(draws);
  auto const lanes = static_cast<std::size_t>(lane_count);
  for (std::size_t batch = 0; batch < draws.used.size(); ++batch) {
    Lanes weight = 0.0;
    bool any = false;
    for (std::size_t lane = 0; lane < lanes && batch * lanes + lane < weights.size(); ++lane) {
      double const w = weights[batch * lanes + lane];
      if (w == 0) continue;
      weight.set(static_cast<int>(lane), w);
      any = true;
    }
    if (any) sums.fold(batch, weight);
  }
  return sums.tally();
}

}  // namespace fisherlab::sim
