#include "runs/blocks/block_ranges.hpp"

#include <algorithm>
#include <cstddef>

namespace fisherlab::runs {

std::int64_t block_count(BlockRanges const& ranges) {
  std::int64_t count = 0;
  for (auto const& range : ranges) count += range.count();
  return count;
}

std::int64_t block_at(BlockRanges const& ranges, std::int64_t k) {
  std::size_t which = 0;
  while (k >= ranges[which].count()) k -= ranges[which++].count();
  return ranges[which].first + k;
}

void append(BlockRanges& ranges, BlockRange const& range) {
  if (range.count() <= 0) return;
  if (!ranges.empty() && ranges.back().last == range.first)
    ranges.back().last = range.last;
  else
    ranges.push_back(range);
}

BlockRanges common(BlockRanges const& a, BlockRanges const& b) {
  BlockRanges result;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    append(result, {std::max(a[i].first, b[j].first), std::min(a[i].last, b[j].last)});
    (a[i].last < b[j].last ? i : j) += 1;
  }
  return result;
}

}  // namespace fisherlab::runs
