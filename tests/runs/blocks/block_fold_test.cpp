#include "runs/blocks/block_fold.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "runs/blocks/block_ranges.hpp"
#include "runs/blocks/pack_fold.hpp"

namespace fisherlab::runs {
namespace {

sim::TallyShape const shape{.values = 2, .successes = 1, .positions = 1, .marks = true, .records = 1};

/// A block whose sums round: moments of any magnitude.
BlockFold::Node block(std::int64_t k) {
  std::mt19937_64 random(static_cast<std::uint64_t>(k));
  std::normal_distribution<double> normal(1e3, 1e-3);
  sim::Tally tally(shape);
  tally.count = tally.moments.count = 3;
  for (double& mean : tally.moments.mean) mean = normal(random);
  for (double& sum : tally.moments.comoments) sum = normal(random) / 3;
  tally.successes[0] = k;
  tally.positions[0].cells[static_cast<std::size_t>(k)] = 3;
  tally.marks = {static_cast<std::uint64_t>(k)};
  tally.records = {normal(random)};
  return {1, {tally}};
}

std::uint64_t whole_print(BlockFold fold) {
  EXPECT_TRUE(fold.is_whole());
  return fold.take()[0].fingerprint();
}

TEST(BlockFold, GivesTheSameBitsInEveryOrder) {
  for (std::int64_t const blocks : {1, 2, 3, 7, 8, 13, 64, 49}) {
    BlockFold in_order(blocks);
    for (std::int64_t k = 0; k < blocks; ++k) EXPECT_TRUE(in_order.add(k, block(k)));
    auto const expected = whole_print(in_order);
    std::vector<std::int64_t> order(static_cast<std::size_t>(blocks));
    std::iota(order.begin(), order.end(), 0);
    for (unsigned seed = 1; seed <= 10; ++seed) {
      std::shuffle(order.begin(), order.end(), std::mt19937(seed));
      BlockFold fold(blocks);
      for (auto const k : order) EXPECT_TRUE(fold.add(k, block(k)));
      EXPECT_EQ(whole_print(fold), expected) << blocks << ' ' << seed;
    }
  }
}

// The control of the test above: merged from left to right, the same blocks have other bits.
TEST(BlockFold, IsNotAssociativeToTheBit) {
  BlockFold fold(8);
  sim::Tally left(shape);
  for (std::int64_t k = 0; k < 8; ++k) {
    fold.add(k, block(k));
    left.merge(block(k).tallies[0]);
  }
  EXPECT_NE(whole_print(fold), left.fingerprint());
}

TEST(BlockFold, KeepsReplicatesInOrder) {
  BlockFold fold(13);
  for (std::int64_t k = 13; k-- > 0;) fold.add(k, block(k));
  auto const tally = fold.take()[0];
  std::vector<std::uint64_t> marks(13);
  std::iota(marks.begin(), marks.end(), std::uint64_t{0});
  EXPECT_EQ(tally.marks, marks);
  EXPECT_EQ(tally.count, 39);
}

TEST(BlockFold, KeepsFewNodesOfARange) {
  BlockFold fold(1024);
  for (std::int64_t k = 3; k < 900; ++k) fold.add(k, block(k));
  EXPECT_LE(fold.nodes().size(), 20u);
  EXPECT_EQ(fold.folded(), 897);
  EXPECT_EQ(fold.missing(), (BlockRanges{{0, 3}, {900, 1024}}));
}

TEST(BlockFold, RefusesWhatIsThereOrNoNode) {
  BlockFold fold(13);
  auto const node = [](std::int64_t blocks) { return BlockFold::Node{blocks, block(0).tallies}; };
  EXPECT_TRUE(fold.add(4, node(4)));
  EXPECT_FALSE(fold.add(4, node(1)));
  EXPECT_FALSE(fold.add(5, node(1)));
  EXPECT_FALSE(fold.add(0, node(8)));
  EXPECT_FALSE(fold.add(2, node(4))) << "not aligned";
  EXPECT_FALSE(fold.add(8, node(8))) << "beyond the end";
  EXPECT_FALSE(fold.add(8, node(3)));
  EXPECT_FALSE(fold.add(-1, node(1)));
  EXPECT_FALSE(fold.add(std::int64_t{1} << 62, node(std::int64_t{1} << 62)));
  EXPECT_EQ(fold.folded(), 4);
  EXPECT_TRUE(fold.add(12, node(1)));
}

TEST(BlockFold, IsPackedToTheBit) {
  BlockFold fold(13);
  for (std::int64_t const k : {1, 2, 3, 6, 12}) fold.add(k, block(k));
  Packer packer;
  pack(packer, fold);
  auto const bytes = std::move(packer).take();
  BlockFold read(13);
  Unpacker unpacker(bytes);
  unpack(unpacker, {shape}, read);
  EXPECT_TRUE(unpacker.is_at_end());
  EXPECT_EQ(read.missing(), fold.missing());
  for (std::int64_t const k : {0, 4, 5, 7, 8, 9, 10, 11}) {
    fold.add(k, block(k));
    read.add(k, block(k));
  }
  EXPECT_EQ(whole_print(read), whole_print(fold));
}

TEST(BlockRanges, AreCutAndJoined) {
  BlockRanges ranges;
  append(ranges, {0, 3});
  append(ranges, {3, 5});
  append(ranges, {5, 5});
  append(ranges, {8, 10});
  EXPECT_EQ(ranges, (BlockRanges{{0, 5}, {8, 10}}));
  EXPECT_EQ(block_count(ranges), 7);
  EXPECT_EQ(block_at(ranges, 4), 4);
  EXPECT_EQ(block_at(ranges, 5), 8);
  EXPECT_EQ(common(ranges, {{2, 9}}), (BlockRanges{{2, 5}, {8, 9}}));
  EXPECT_EQ(common(ranges, {{5, 8}}), BlockRanges{});
}

}  // namespace
}  // namespace fisherlab::runs
