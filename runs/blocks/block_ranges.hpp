#pragma once

#include <cstdint>
#include <vector>

namespace fisherlab::runs {

/// Blocks [first, last) of a stretch of replicates, counted from its beginning.
struct BlockRange {
  std::int64_t first = 0;
  std::int64_t last = 0;

  std::int64_t count() const { return last - first; }
  bool operator==(BlockRange const&) const = default;
};

/// Ranges in ascending order that do not touch.
using BlockRanges = std::vector<BlockRange>;

/// How many blocks.
std::int64_t block_count(BlockRanges const& ranges);

/// The block at place k, from 0.
std::int64_t block_at(BlockRanges const& ranges, std::int64_t k);

/// Adds a range behind all others, joined to the last where they touch.
void append(BlockRanges& ranges, BlockRange const& range);

/// The blocks that both have.
BlockRanges common(BlockRanges const& a, BlockRanges const& b);

}  // namespace fisherlab::runs
