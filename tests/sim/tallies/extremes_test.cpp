#include "sim/tallies/extremes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "sim/tallies/tally.hpp"

namespace fisherlab::sim {
namespace {

constexpr int batches = 128;  ///< of a block

/// Blocks of standard Cauchy values, some lanes of which do not count; what counts goes to `all` too.
std::vector<Tally> blocks_of(int count, std::vector<Extreme>& all) {
  std::mt19937_64 bits(7);
  std::cauchy_distribution<> cauchy;
  TallyShape const shape{.values = 1};
  std::vector<Tally> blocks;
  for (int k = 0; k < count; ++k) {
    auto const first = std::int64_t{1024} * k;
    BlockTally block(shape, first);
    for (int batch = 0; batch < batches; ++batch) {
      Observed seen(shape);
      seen.used = static_cast<LaneSet>(bits());
      seen.dropped = static_cast<LaneSet>(~seen.used);
      for (int lane = 0; lane < lane_count; ++lane) {
        double const value = bits() % 50 == 0 ? std::nan("") : cauchy(bits);
        seen.values[0].set(lane, value);
        if ((seen.used >> lane & 1) != 0 && !std::isnan(value))
          all.push_back({value, first + std::int64_t{batch} * lane_count + lane});
      }
      block.fold(seen);
    }
    blocks.push_back(block.finish());
  }
  return blocks;
}

TEST(Extremes, AreTheLowestAndTheHighestWithTheirReplicates) {
  std::vector<Extreme> all;
  auto const blocks = blocks_of(20, all);
  Tally total{TallyShape{.values = 1}};
  for (auto const& block : blocks) total.merge(block);
  std::ranges::sort(all, {}, &Extreme::value);
  auto const& [lowest, highest] = total.extremes.at(0);
  ASSERT_EQ(lowest.size(), Extremes::most);
  ASSERT_EQ(highest.size(), Extremes::most);
  EXPECT_EQ(lowest[0].replicate, all.front().replicate);
  EXPECT_EQ(highest[0].replicate, all.back().replicate);
  for (std::size_t k = 0; k < Extremes::most; ++k) {  // here no two of the farthest share a lane of a block
    EXPECT_EQ(lowest[k].value, all[k].value);
    EXPECT_EQ(highest[k].value, all[all.size() - 1 - k].value);
  }
}

TEST(Extremes, DoNotDependOnHowBlocksAreGrouped) {
  std::vector<Extreme> all;
  auto const blocks = blocks_of(9, all);
  TallyShape const shape{.values = 1};
  Tally one(shape), left(shape), right(shape);
  for (std::size_t k = 0; k < blocks.size(); ++k) {
    one.merge(blocks[k]);
    (k < 4 ? left : right).merge(blocks[k]);
  }
  left.merge(right);
  for (std::size_t k = 0; k < Extremes::most; ++k) {
    EXPECT_EQ(left.extremes[0].lowest[k].replicate, one.extremes[0].lowest[k].replicate);
    EXPECT_EQ(left.extremes[0].highest[k].replicate, one.extremes[0].highest[k].replicate);
  }
  EXPECT_EQ(left.failures, one.failures);
}

TEST(Extremes, OfEqualValuesNameTheEarlierReplicate) {
  TallyShape const shape{.values = 1};
  BlockTally block(shape, 2048);
  for (int batch = 0; batch < batches; ++batch) {
    Observed seen(shape);
    seen.used = all_lanes;
    seen.values[0] = Lanes(1.5);
    block.fold(seen);
  }
  auto const lowest = block.finish().extremes.at(0).lowest;
  ASSERT_EQ(lowest.size(), Extremes::most);
  EXPECT_EQ(lowest[0].replicate, 2048);
  EXPECT_EQ(lowest[2].replicate, 2050);
}

TEST(Failures, NameTheFirstHundredInOrder) {
  TallyShape const shape{.values = 1};
  Tally total(shape);
  for (int k = 0; k < 3; ++k) {
    BlockTally block(shape, std::int64_t{1024} * k);
    for (int batch = 0; batch < batches; ++batch) {
      Observed seen(shape);
      seen.dropped = batch % 2 == 0 ? 0x81 : 0;
      seen.used = static_cast<LaneSet>(~seen.dropped);
      seen.values[0] = Lanes(0.0);
      block.fold(seen);
    }
    total.merge(block.finish());
  }
  EXPECT_EQ(total.dropped, 3 * 128);
  ASSERT_EQ(total.failures.size(), Tally::most_failures);
  EXPECT_EQ(total.failures[0], 0);
  EXPECT_EQ(total.failures[1], 7);
  EXPECT_EQ(total.failures[2], 16);
  EXPECT_TRUE(std::ranges::is_sorted(total.failures));
}

TEST(Tally, OfAShapeWithoutExtremesKeepsNone) {
  TallyShape const shape{.values = 2, .extremes = false};
  BlockTally block(shape);
  Observed seen(shape);
  seen.used = all_lanes;
  block.fold(seen);
  EXPECT_TRUE(block.finish().extremes.empty());
}

}  // namespace
}  // namespace fisherlab::sim
