#include "sim/tallies/weighted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {
namespace {

constexpr auto lanes_of_batch = static_cast<std::size_t>(lane_count);
constexpr std::size_t tile = 32;  ///< batches that stay in cache while all vectors of weights go over them

double total(Lanes const& lanes) {
  double sum = 0;
  for (int lane = 0; lane < lane_count; ++lane) sum += lanes[lane];
  return sum;
}

Lanes side_by_side(std::span<double const> eight) {
  Lanes lanes = 0.0;
  FISHERLAB_EACH_PART(std::memcpy(&lanes.part[i], eight.data() + std::size_t{i} * native_width, sizeof lanes.part[i]))
  return lanes;
}

/// Eight draws: where what was noted of them stands, and how often each counts.
struct Eight {
  Lanes const* values;
  Lanes const* successes;
  Lanes used, dropped, weights;
};

/// Folds into sums. Products are added four batches at a time: a sum is then read and written once for four, which is
/// what the sums of a hundred numbers cost.
class Folding {
 public:
  Folding(NotedDraws const& draws, WeightedSums& sums)
      : draws_(draws),
        sums_(sums),
        values_(static_cast<std::size_t>(draws.shape.values)),
        four_(values_ * together, Lanes(0.0)),
        weighed_(values_ * together, Lanes(0.0)) {}

  void fold(Eight const& eight) {
    Lanes const used = eight.used;
    Lanes const weight = eight.weights * used;
    sums_.used += weight;
    sums_.dropped += eight.weights * eight.dropped;
    for (std::size_t a = 0; a < values_; ++a) {
      Lanes const deviation = (eight.values[a] - draws_.centre[a]) * used;
      Lanes const weighed = weight * deviation;
      sums_.deviations[a] += weighed;
      four_[a * together + waiting_] = deviation;
      weighed_[a * together + waiting_] = weighed;
    }
    weights_[waiting_] = weight;
    for (std::size_t s = 0; s < sums_.successes.size(); ++s) sums_.successes[s] += weight * eight.successes[s];
    if (++waiting_ == together) fold_products();
  }

  /// Folds what waits for a group of four.
  void finish() {
    if (waiting_ == 0) return;
    std::fill(weights_.begin() + static_cast<std::ptrdiff_t>(waiting_), weights_.end(), Lanes(0.0));
    for (std::size_t a = 0; a < values_; ++a)
      for (std::size_t g = waiting_; g < together; ++g) weighed_[a * together + g] = 0.0;
    fold_products();
  }

 private:
  static constexpr std::size_t together = BlockPowers::together;

  void fold_products() {
    waiting_ = 0;
    for (auto& powers : sums_.powers) powers.fold_together(four_.data(), weights_.data());
    Lanes* to = sums_.products.data();
    for (std::size_t a = 0; a < values_; ++a) {
      Lanes const* const u = &weighed_[a * together];
      Lanes const u0 = u[0], u1 = u[1], u2 = u[2], u3 = u[3];
      for (std::size_t b = 0; b <= a; ++b) {
        Lanes const* const v = &four_[b * together];
        *to++ += (u0 * v[0] + u1 * v[1]) + (u2 * v[2] + u3 * v[3]);
      }
    }
  }

  NotedDraws const& draws_;
  WeightedSums& sums_;
  std::size_t values_;
  std::size_t waiting_ = 0;  ///< batches whose products are not in the sums yet
  std::array<Lanes, together> weights_ = {0.0, 0.0, 0.0, 0.0};
  std::vector<Lanes> four_, weighed_;  ///< values x batches that wait: deviations, and weights times these
};

/// One vector of weights over the draws. A sample leaves out many of them (of every two e^-1/2, where it is half as
/// large), and these cost as much as the others: those of weight 0 are passed over, and the others gathered.
class Weighing {
 public:
  Weighing(NotedDraws const& draws, std::vector<double> const& weights, WeightedSums& sums)
      : draws_(draws),
        weights_(weights),
        folding_(draws, sums),
        values_(static_cast<std::size_t>(draws.shape.values)),
        successes_(static_cast<std::size_t>(draws.shape.successes)),
        noted_(values_ + successes_, Lanes(0.0)) {}

  void fold(std::size_t batch) {
    if (batch * lanes_of_batch >= weights_.size()) return;
    auto const left = std::span<double const>(weights_).subspan(batch * lanes_of_batch);
    auto const of_batch = left.first(std::min(lanes_of_batch, left.size()));
    if (of_batch.size() == lanes_of_batch && std::ranges::count(of_batch, 0.0) == 0) {
      folding_.fold({draws_.values.data() + batch * values_, draws_.successes.data() + batch * successes_,
                     draws_.used[batch], draws_.dropped[batch], side_by_side(of_batch)});
      return;
    }
    for (std::size_t lane = 0; lane < of_batch.size(); ++lane)
      if (of_batch[lane] != 0) gather(batch, static_cast<int>(lane), of_batch[lane]);
  }

  void finish() {
    if (filled_ > 0) fold_gathered();
    folding_.finish();
  }

 private:
  void gather(std::size_t batch, int lane, double weight) {
    for (std::size_t a = 0; a < values_; ++a) noted_[a].set(filled_, draws_.values[batch * values_ + a][lane]);
    for (std::size_t s = 0; s < successes_; ++s)
      noted_[values_ + s].set(filled_, draws_.successes[batch * successes_ + s][lane]);
    used_.set(filled_, draws_.used[batch][lane]);
    dropped_.set(filled_, draws_.dropped[batch][lane]);
    gathered_.set(filled_, weight);
    if (++filled_ == lane_count) fold_gathered();
  }

  void fold_gathered() {
    folding_.fold({noted_.data(), noted_.data() + values_, used_, dropped_, gathered_});
    filled_ = 0;
    gathered_ = 0.0;
  }

  NotedDraws const& draws_;
  std::vector<double> const& weights_;
  Folding folding_;
  std::size_t values_, successes_;
  std::vector<Lanes> noted_;  ///< values and successes of the draws that are gathered
  Lanes used_ = 0.0, dropped_ = 0.0, gathered_ = 0.0;
  int filled_ = 0;  ///< lanes of these
};

void add_to(std::vector<Lanes>& sums, double factor, std::vector<Lanes> const& others) {
  for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += factor * others[k];
}

}  // namespace

WeightedSums::WeightedSums(TallyShape const& shape)
    : successes(static_cast<std::size_t>(shape.successes), Lanes(0.0)),
      deviations(static_cast<std::size_t>(shape.values), Lanes(0.0)),
      products(packed_size(deviations.size()), Lanes(0.0)) {
  for (auto const& block : shape.powers) powers.emplace_back(block);
}

void WeightedSums::add(double factor, WeightedSums const& others) {
  used += factor * others.used;
  dropped += factor * others.dropped;
  add_to(successes, factor, others.successes);
  add_to(deviations, factor, others.deviations);
  add_to(products, factor, others.products);
  for (std::size_t k = 0; k < powers.size(); ++k) powers[k].add(factor, others.powers[k]);
}

Tally WeightedSums::tally(NotedDraws const& draws) const {
  Tally result(draws.shape);
  double const weight = total(used);
  result.count = std::llround(weight);
  result.dropped = std::llround(total(dropped));
  result.moments.count = result.count;
  if (result.count == 0) return result;
  for (std::size_t s = 0; s < successes.size(); ++s) result.successes[s] = std::llround(total(successes[s]));
  auto const n = static_cast<double>(result.count);
  std::vector<double> ahead(deviations.size());
  for (std::size_t a = 0; a < ahead.size(); ++a) {
    ahead[a] = total(deviations[a]) / weight;
    result.moments.mean[a] = draws.centre[a] + ahead[a];
  }
  double* comoment = result.moments.comoments.data();
  result.moments.each_pair([&](std::size_t a, std::size_t b) {
    *comoment++ = n / weight * total(products[packed_index(a, b)]) - n * ahead[a] * ahead[b];
  });
  for (std::size_t k = 0; k < powers.size(); ++k)
    result.powers[k] = powers[k].finish(result.count, draws.centre.data());
  return result;
}

std::vector<WeightedSums> weighted_sums(NotedDraws const& draws, std::span<std::vector<double> const> weights) {
  std::vector<WeightedSums> sums(weights.size(), WeightedSums(draws.shape));
  std::vector<Weighing> weighings;
  weighings.reserve(weights.size());
  for (std::size_t k = 0; k < weights.size(); ++k) weighings.emplace_back(draws, weights[k], sums[k]);
  for (std::size_t first = 0; first < draws.used.size(); first += tile)
    for (auto& weighing : weighings)
      for (std::size_t batch = first; batch < std::min(first + tile, draws.used.size()); ++batch) weighing.fold(batch);
  for (auto& weighing : weighings) weighing.finish();
  return sums;
}

}  // namespace fisherlab::sim
