#include "runs/blocks/block_fold.hpp"

#include <bit>
#include <cassert>
#include <cstddef>
#include <iterator>
#include <utility>

namespace fisherlab::runs {
namespace {

void merge(std::vector<sim::Tally>& left, std::vector<sim::Tally> const& right) {
  for (std::size_t k = 0; k < left.size(); ++k) left[k].merge(right[k]);
}

}  // namespace

bool BlockFold::has_room(std::int64_t first, std::int64_t blocks) const {
  bool const is_node = first >= 0 && blocks > 0 && std::has_single_bit(static_cast<std::uint64_t>(blocks)) &&
                       first % blocks == 0 && blocks <= blocks_ && first <= blocks_ - blocks;
  if (!is_node) return false;
  auto const next = nodes_.lower_bound(first);
  if (next != nodes_.end() && next->first < first + blocks) return false;
  return next == nodes_.begin() || std::prev(next)->first + std::prev(next)->second.blocks <= first;
}

bool BlockFold::add(std::int64_t first, Node node) {
  if (!has_room(first, node.blocks)) return false;
  folded_ += node.blocks;
  for (;;) {
    auto const sibling = nodes_.find(first ^ node.blocks);
    if (sibling == nodes_.end() || sibling->second.blocks != node.blocks) break;
    if (sibling->first < first) {
      merge(sibling->second.tallies, node.tallies);
      node.tallies = std::move(sibling->second.tallies);
      first = sibling->first;
    } else {
      merge(node.tallies, sibling->second.tallies);
    }
    node.blocks *= 2;
    nodes_.erase(sibling);
  }
  nodes_.emplace(first, std::move(node));
  return true;
}

BlockRanges BlockFold::missing() const {
  BlockRanges result;
  std::int64_t end = 0;
  for (auto const& [first, node] : nodes_) {
    append(result, {end, first});
    end = first + node.blocks;
  }
  append(result, {end, blocks_});
  return result;
}

std::vector<sim::Tally> BlockFold::take() {
  assert(is_whole() && !nodes_.empty());
  auto left = nodes_.rbegin();
  auto all = std::move(left->second.tallies);
  for (++left; left != nodes_.rend(); ++left) {
    merge(left->second.tallies, all);
    all = std::move(left->second.tallies);
  }
  nodes_.clear();
  folded_ = 0;
  return all;
}

}  // namespace fisherlab::runs
