#include "sim/tallies/powers.hpp"

#include <algorithm>
#include <cstddef>

namespace fisherlab::sim {

PowerBlock power_block(int first, int size, int degree) {
  return {first, std::make_shared<Monomials const>(size, degree)};
}

Powers::Powers(PowerBlock const& the_block)
    : block(the_block), mean(static_cast<std::size_t>(the_block.size())), sums(the_block.monomials->count()) {}

void Powers::move_to(std::span<double const> centre) {
  std::vector<double> delta(mean.size());
  for (std::size_t j = 0; j < mean.size(); ++j) delta[j] = mean[j] - centre[j];
  block.monomials->shift(delta, sums);
  std::copy(centre.begin(), centre.end(), mean.begin());
}

void Powers::merge(Powers const& other) {
  if (other.count == 0) return;
  if (count == 0) {
    *this = other;
    return;
  }
  double const share = static_cast<double>(other.count) / static_cast<double>(count + other.count);
  std::vector<double> centre(mean.size());
  for (std::size_t j = 0; j < mean.size(); ++j) centre[j] = mean[j] + share * (other.mean[j] - mean[j]);
  Powers moved = other;
  moved.move_to(centre);
  move_to(centre);
  for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += moved.sums[k];
  for (std::size_t j = 1; j <= mean.size(); ++j) sums[j] = 0;
  count += other.count;
}

std::vector<double> Powers::along(std::span<double const> u) const {
  auto result = block.monomials->along(u, sums);
  for (double& moment : result) moment /= static_cast<double>(count);
  return result;
}

BlockPowers::BlockPowers(PowerBlock const& block)
    : block_(block),
      products_(block.monomials->count_below(block.degree()), Lanes(0.0)),
      sums_(block.monomials->count(), Lanes(0.0)) {}

void BlockPowers::fold(Lanes const* deviations, Lanes const& used) {
  auto const& monomials = *block_.monomials;
  Lanes const* const y = deviations + block_.first;
  auto const variables = static_cast<std::size_t>(block_.size());
  auto const parents_of_stored = monomials.count_below(block_.degree() - 1);
  products_[0] = used;
  std::size_t child = 1;
  for (std::size_t k = 0; k < products_.size(); ++k) {
    Lanes const parent = products_[k];
    bool const stored = k < parents_of_stored;
    for (std::size_t j = k == 0 ? 0 : monomials.last_variable(k); j < variables; ++j, ++child) {
      Lanes const product = parent * y[j];
      if (stored) products_[child] = product;
      sums_[child] += product;
    }
  }
}

void BlockPowers::fold_together(Lanes const* deviations, Lanes const* used) {
  auto const& monomials = *block_.monomials;
  Lanes const* const y = deviations + together * static_cast<std::size_t>(block_.first);
  auto const variables = static_cast<std::size_t>(block_.size());
  auto const parents_of_stored = monomials.count_below(block_.degree() - 1);
  four_.resize(together * products_.size(), Lanes(0.0));
  std::copy(used, used + together, four_.begin());
  std::size_t child = 1;
  for (std::size_t k = 0; k < products_.size(); ++k) {
    Lanes const* const parent = &four_[together * k];
    Lanes const p0 = parent[0], p1 = parent[1], p2 = parent[2], p3 = parent[3];
    bool const stored = k < parents_of_stored;
    for (std::size_t j = k == 0 ? 0 : monomials.last_variable(k); j < variables; ++j, ++child) {
      Lanes const* const v = y + together * j;
      Lanes const a = p0 * v[0], b = p1 * v[1], c = p2 * v[2], d = p3 * v[3];
      sums_[child] += (a + b) + (c + d);
      if (!stored) continue;
      Lanes* const product = &four_[together * child];
      product[0] = a;
      product[1] = b;
      product[2] = c;
      product[3] = d;
    }
  }
}

void BlockPowers::add(double factor, BlockPowers const& other) {
  for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += factor * other.sums_[k];
}

Powers BlockPowers::finish(std::int64_t count, double const* centre) const {
  Powers result(block_);
  result.count = count;
  if (count == 0) return result;
  for (std::size_t k = 1; k < sums_.size(); ++k)
    for (int lane = 0; lane < lane_count; ++lane) result.sums[k] += sums_[k][lane];
  auto const replicates = static_cast<double>(count);
  result.sums[0] = replicates;
  std::vector<double> back(result.mean.size());
  for (std::size_t j = 0; j < back.size(); ++j) {
    double const ahead = result.sums[j + 1] / replicates;
    result.mean[j] = centre[static_cast<std::size_t>(block_.first) + j] + ahead;
    back[j] = -ahead;
  }
  block_.monomials->shift(back, result.sums);
  for (std::size_t j = 1; j <= back.size(); ++j) result.sums[j] = 0;
  return result;
}

}  // namespace fisherlab::sim
