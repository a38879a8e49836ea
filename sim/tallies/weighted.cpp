#include "sim/tallies/weighted.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {
namespace {

double total(Lanes const& lanes) {
  double sum = 0;
  for (int lane = 0; lane < lane_count; ++lane) sum += lanes[lane];
  return sum;
}

/// Weighted sums of everything that a tally keeps. Batches are folded four at a time: a sum of products is then read
/// and written once for four, which is what the sums of a hundred numbers cost.
class WeightedSums {
 public:
  explicit WeightedSums(NotedDraws const& draws)
      : draws_(draws),
        values_(static_cast<std::size_t>(draws.shape.values)),
        successes_(static_cast<std::size_t>(draws.shape.successes), Lanes(0.0)),
        deviations_(values_, Lanes(0.0)),
        four_(values_ * together, Lanes(0.0)),
        weighed_(values_ * together, Lanes(0.0)),
        sums_(values_, Lanes(0.0)),
        products_(packed_size(values_), Lanes(0.0)) {
    for (auto const& block : draws.shape.powers) powers_.emplace_back(block);
  }

  void fold(std::size_t batch, Lanes const& all) {
    Lanes const weight = all * draws_.used[batch];
    used_ += weight;
    dropped_ += all * draws_.dropped[batch];
    for (std::size_t a = 0; a < values_; ++a) {
      deviations_[a] = (draws_.values[batch * values_ + a] - draws_.centre[a]) * draws_.used[batch];
      Lanes const weighed = weight * deviations_[a];
      sums_[a] += weighed;
      four_[a * together + waiting_] = deviations_[a];
      weighed_[a * together + waiting_] = weighed;
    }
    for (auto& powers : powers_) powers.fold(deviations_.data(), weight);
    for (std::size_t s = 0; s < successes_.size(); ++s)
      successes_[s] += weight * draws_.successes[batch * successes_.size() + s];
    if (++waiting_ == together) fold_products();
  }

  /// Folds what waits for a group of four.
  void finish() {
    if (waiting_ == 0) return;
    for (std::size_t a = 0; a < values_; ++a)
      for (std::size_t g = waiting_; g < together; ++g) weighed_[a * together + g] = 0.0;
    fold_products();
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
  static constexpr std::size_t together = 4;

  void fold_products() {
    waiting_ = 0;
    std::size_t k = 0;
    for (std::size_t a = 0; a < values_; ++a) {
      Lanes const* const u = &weighed_[a * together];
      Lanes const u0 = u[0], u1 = u[1], u2 = u[2], u3 = u[3];
      for (std::size_t b = 0; b <= a; ++b) {
        Lanes const* const v = &four_[b * together];
        products_[k++] += (u0 * v[0] + u1 * v[1]) + (u2 * v[2] + u3 * v[3]);
      }
    }
  }

  NotedDraws const& draws_;
  std::size_t values_;
  Lanes used_ = 0.0, dropped_ = 0.0;
  std::vector<Lanes> successes_, deviations_;
  std::size_t waiting_ = 0;            ///< batches whose products are not in the sums yet
  std::vector<Lanes> four_, weighed_;  ///< values x batches that wait: deviations, and weights times these
  std::vector<Lanes> sums_, products_;
  std::vector<BlockPowers> powers_;
};

/// Up to eight numbers as lanes, 0 in the rest.
Lanes side_by_side(std::span<double const> numbers) {
  Lanes lanes = 0.0;
  if (numbers.size() == lane_count) {
    FISHERLAB_EACH_PART(std::memcpy(&lanes.part[i], &numbers[i * native_width], sizeof lanes.part[i]))
    return lanes;
  }
  for (std::size_t lane = 0; lane < numbers.size(); ++lane) lanes.set(static_cast<int>(lane), numbers[lane]);
  return lanes;
}

}  // namespace

Tally weighted_tally(NotedDraws const& draws, std::span<double const> weights) {
  WeightedSums sums(draws);
  auto const lanes = static_cast<std::size_t>(lane_count);
  for (std::size_t batch = 0; batch < draws.used.size() && batch * lanes < weights.size(); ++batch) {
    auto const of_batch = weights.subspan(batch * lanes, std::min(lanes, weights.size() - batch * lanes));
    double sum = 0;
    for (double const w : of_batch) sum += w;
    if (sum == 0) continue;
    sums.fold(batch, side_by_side(of_batch));
  }
  sums.finish();
  return sums.tally();
}

}  // namespace fisherlab::sim
