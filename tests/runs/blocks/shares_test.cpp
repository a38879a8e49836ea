#include "runs/blocks/shares.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "runs/blocks/block_fold.hpp"

namespace fisherlab::runs {
namespace {

std::int64_t observations(LookWork const& work, std::vector<std::int64_t> const& sizes) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < work.size(); ++k) sum += block_count(work[k]) * sizes[k];
  return sum;
}

TEST(Shares, AreDisjointAndTogetherAll) {
  LookWork const work = {{{0, 64}}, {}, {{3, 20}, {31, 64}}, {{0, 49}}, {{0, 1}}};
  std::vector<std::int64_t> const sizes = {10, 7, 100, 5, 4000};
  for (int const parts : {1, 2, 3, 7, 50, 1000}) {
    std::vector<BlockFold> folds(work.size(), BlockFold(64));
    std::int64_t blocks = 0;
    for (int part = 1; part <= parts; ++part) {
      auto const mine = share_of(work, sizes, {part, parts});
      ASSERT_EQ(mine.size(), work.size());
      for (std::size_t k = 0; k < work.size(); ++k) {
        EXPECT_EQ(common(mine[k], work[k]), mine[k]);
        blocks += block_count(mine[k]);
        for (auto const& range : mine[k])
          for (auto b = range.first; b < range.last; ++b) EXPECT_TRUE(folds[k].add(b, {1, {}})) << "twice";
      }
    }
    EXPECT_EQ(blocks, 64 + 17 + 33 + 49 + 1) << parts;
  }
}

TEST(Shares, AreOfOneSize) {
  LookWork work;
  std::vector<std::int64_t> sizes;
  for (std::int64_t const n : {5, 10, 20, 50, 100, 200, 1000})
    for (int k = 0; k < 9; ++k) {
      work.push_back({{0, 64}});
      sizes.push_back(n);
    }
  auto const total = observations(work, sizes);
  for (int const parts : {2, 3, 7, 64}) {
    std::int64_t most = 0;
    for (int part = 1; part <= parts; ++part)
      most = std::max(most, observations(share_of(work, sizes, {part, parts}), sizes));
    EXPECT_LT(static_cast<double>(most), 1.15 * static_cast<double>(total) / parts) << parts;
  }
}

/// Pieces come in rounds, of depths and penalties say, in which the dear ones have the same place.
TEST(Shares, OfExperimentsAreTakenInTurnEachRoundFromTheNextPartOn) {
  ExperimentWork work;
  for (int piece = 0; piece < 9; ++piece) work.push_back({0, piece});
  auto const pieces = [&work](Share const& share) {
    std::vector<int> mine;
    for (auto const& unit : share_of(work, share)) mine.push_back(unit.piece);
    return mine;
  };
  EXPECT_EQ(pieces({1, 1}), (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(pieces({1, 3}), (std::vector<int>{0, 5, 7}));
  EXPECT_EQ(pieces({2, 3}), (std::vector<int>{1, 3, 8}));
  EXPECT_EQ(pieces({3, 3}), (std::vector<int>{2, 4, 6}));
  EXPECT_EQ(pieces({2, 20}), (std::vector<int>{1}));
  EXPECT_EQ(pieces({20, 20}), std::vector<int>());
}

}  // namespace
}  // namespace fisherlab::runs
