#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "runs/blocks/block_ranges.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::runs {

/// Folds the tallies of the blocks 0 .. B - 1 of a stretch along one binary tree, which B alone decides: a node of 2^j
/// blocks begins at a multiple of 2^j and is its left half merged with its right half; where B is no power of two, the
/// nodes that are left are merged from the last to the first. So the sums have the same bits in whatever order blocks
/// come and wherever they were computed, and a part of the blocks is a few nodes: a range of b blocks has at most
/// 2 log2 b of them.
class BlockFold {
 public:
  /// Blocks [first, first + blocks) of the stretch, a power of two of them.
  struct Node {
    std::int64_t blocks = 0;
    std::vector<sim::Tally> tallies;  ///< one a probe
  };

  explicit BlockFold(std::int64_t blocks = 0) : blocks_(blocks) {}

  /// Adds a node, and merges it with its neighbours as far as the tree allows. False, and nothing is added, when it is
  /// no node of the tree, or some of its blocks are there already.
  bool add(std::int64_t first, Node node);

  /// B.
  std::int64_t blocks() const { return blocks_; }
  /// How many blocks are folded.
  std::int64_t folded() const { return folded_; }
  bool is_whole() const { return folded_ == blocks_; }
  /// The blocks that are not.
  BlockRanges missing() const;
  /// What is folded, by first block.
  std::map<std::int64_t, Node> const& nodes() const { return nodes_; }

  /// The tallies of all blocks, of which there is at least one; nothing is kept. To be called when it is whole.
  std::vector<sim::Tally> take();

 private:
  bool has_room(std::int64_t first, std::int64_t blocks) const;

  std::int64_t blocks_;
  std::int64_t folded_ = 0;
  std::map<std::int64_t, Node> nodes_;
};

}  // namespace fisherlab::runs
