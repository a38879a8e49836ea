#include "runs/blocks/shares.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "runs/blocks/block_fold.hpp"
#include "tests/support/scripted_questions.hpp"

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

TEST(Shares, OfExperimentsAreTakenInTurnThoseOfACaseTogether) {
  std::vector<claims::Question> questions;
  for (char const* const data : {"a", "b", "c", "c", "d", "c", "e"})
    questions.push_back(test::scripted::finds(data, test::scripted::inside));
  auto const pending = begun(questions);
  std::vector<std::size_t> const all = {0, 1, 2, 3, 4, 5, 6};
  EXPECT_EQ(share_of(all, pending, {1, 2}), (std::vector<std::size_t>{0, 2, 3, 5}));
  EXPECT_EQ(share_of(all, pending, {2, 2}), (std::vector<std::size_t>{1, 4, 6}));
  EXPECT_EQ(share_of(all, pending, {7, 7}), std::vector<std::size_t>{});
  EXPECT_EQ(share_of(all, pending, {1, 1}), all);
}

}  // namespace
}  // namespace fisherlab::runs
