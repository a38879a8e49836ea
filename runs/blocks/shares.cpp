#include "runs/blocks/shares.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <utility>

namespace fisherlab::runs {
namespace {

constexpr double units_a_part = 8;

/// Blocks of a unit: the largest power of two that `most` observations allow, at least one.
std::int64_t unit_size(std::int64_t n, double most) {
  std::int64_t blocks = 1;
  while (static_cast<double>(2 * blocks) * static_cast<double>(n) <= most) blocks *= 2;
  return blocks;
}

}  // namespace

LookWork share_of(LookWork const& work, std::vector<std::int64_t> const& sizes, Share const& share) {
  if (share.parts == 1) return work;
  double total = 0;
  for (std::size_t k = 0; k < work.size(); ++k)
    total += static_cast<double>(block_count(work[k])) * static_cast<double>(sizes[k]);
  double const most = total / (units_a_part * share.parts);
  std::vector<std::int64_t> units;
  units.reserve(sizes.size());
  for (auto const n : sizes) units.push_back(unit_size(n, most));
  std::vector<std::size_t> order(work.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t k) { return units[k] * sizes[k]; });
  using Load = std::pair<std::int64_t, int>;  // observations, part: the least loaded first, the first of equals
  std::vector<Load> none;
  for (int part = 1; part <= share.parts; ++part) none.emplace_back(0, part);
  std::priority_queue loads(std::greater<Load>(), std::move(none));
  LookWork mine(work.size());
  for (auto const k : order)
    for (auto const& range : work[k])
      for (auto first = range.first; first < range.last;) {
        auto const last = std::min(range.last, (first / units[k] + 1) * units[k]);
        auto const [load, part] = loads.top();
        loads.pop();
        loads.emplace(load + (last - first) * sizes[k], part);
        if (part == share.part) append(mine[k], {first, last});
        first = last;
      }
  return mine;
}

ExperimentWork share_of(ExperimentWork const& experiments, Share const& share) {
  ExperimentWork mine;
  auto const parts = static_cast<std::size_t>(share.parts);
  for (std::size_t k = 0; k < experiments.size(); ++k)
    if ((k + k / parts) % parts + 1 == static_cast<std::size_t>(share.part)) mine.push_back(experiments[k]);
  return mine;
}

}  // namespace fisherlab::runs
