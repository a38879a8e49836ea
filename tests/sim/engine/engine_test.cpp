#include "sim/engine/engine.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "sim/random/stream.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::sim {
namespace {

TallyShape const shape{.values = 1, .successes = 0, .positions = 1, .marks = true};

/// A small block of normal draws; some blocks take much longer than others, so that they end out of order.
BlockResult draw_block(std::int64_t block) {
  BlockTally tally(shape);
  Observed batch(shape);
  batch.used = all_lanes;
  int const batches = block % 7 == 0 ? 64 : 4;
  for (int b = 0; b < batches; ++b) {
    LaneStream stream({61, 62, static_cast<std::uint64_t>(block * block_size + std::int64_t{b} * lane_count)});
    batch.values[0] = batch.positions[0] = stream.normal();
    batch.marks = stream.next();
    tally.fold(batch);
  }
  return std::make_shared<Tally>(tally.finish());
}

void raise_to(std::atomic<int>& largest, int value) {
  int seen = largest;
  while (value > seen && !largest.compare_exchange_weak(seen, value)) {
  }
}

TEST(Engine, GivesTheSameBitsForEveryNumberOfThreads) {
  std::vector<std::uint64_t> fingerprints;
  for (int const threads : {1, 2, 3, 8, 0}) {
    Tally total(shape);
    run_blocks({.first = 0,
                .last = 3000,
                .work = draw_block,
                .fold = [&](BlockResult const& result) { total.merge(*std::static_pointer_cast<Tally>(result)); },
                .stop = {}},
               threads);
    EXPECT_GT(total.count, 3000 * 32);
    fingerprints.push_back(total.fingerprint());
  }
  for (auto const f : fingerprints) EXPECT_EQ(f, fingerprints.front());
}

TEST(Engine, FoldsEveryBlockOnceInOrder) {
  for (int const threads : {1, 2, 3, 8}) {
    std::vector<std::int64_t> order;
    std::atomic<int> folding = 0;
    run_blocks({.first = 17,
                .last = 4017,
                .work = [](std::int64_t block) -> BlockResult { return std::make_shared<std::int64_t>(block); },
                .fold =
                    [&](BlockResult const& result) {
                      EXPECT_EQ(folding++, 0);
                      order.push_back(*std::static_pointer_cast<std::int64_t>(result));
                      --folding;
                    },
                .stop = {}},
               threads);
    ASSERT_EQ(order.size(), 4000u);
    for (std::size_t k = 0; k < order.size(); ++k) ASSERT_EQ(order[k], 17 + static_cast<std::int64_t>(k));
  }
}

TEST(Engine, KeepsFewResultsWaiting) {
  constexpr int threads = 3;
  std::atomic<int> alive = 0, most = 0;
  auto const count = [&](int change) { raise_to(most, alive += change); };
  run_blocks({.first = 0,
              .last = 2000,
              .work = [&](std::int64_t block) -> BlockResult {
                if (block == 5) std::this_thread::sleep_for(std::chrono::milliseconds(50));  // holds up the fold
                count(1);
                return std::make_shared<std::int64_t>(block);
              },
              .fold = [&](BlockResult const&) { count(-1); },
              .stop = {}},
             threads);
  EXPECT_LE(most, 4 * threads);
  EXPECT_EQ(alive, 0);
}

TEST(Engine, RunsAsManyBlocksAtOnceAsThereAreThreads) {
  for (int const threads : {1, 2, 3, 8}) {
    std::atomic<int> running = 0, most = 0;
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    auto const work = [&](std::int64_t) -> BlockResult {
      raise_to(most, ++running);
      // Waits until all threads are at work; a lone thread that has nobody to wait for goes on at the deadline.
      while (most < threads && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
      --running;
      return nullptr;
    };
    run_blocks({.first = 0, .last = 64, .work = work, .fold = [](BlockResult const&) {}, .stop = {}}, threads);
    EXPECT_EQ(most, threads);
  }
}

TEST(Engine, RunsNothingForAnEmptyStretch) {
  auto const fail = [](auto&&...) -> BlockResult { throw std::logic_error("called"); };
  EXPECT_NO_THROW(run_blocks({.first = 5, .last = 5, .work = fail, .fold = {}, .stop = {}}, 2));
}

TEST(Engine, HandsOnExceptionsOfWorkAndFold) {
  for (int const threads : {1, 2, 8}) {
    BlockWork blocks{.first = 0,
                     .last = 1000,
                     .work = [](std::int64_t block) -> BlockResult {
                       if (block == 500) throw std::domain_error("block 500");
                       return std::make_shared<std::int64_t>(block);
                     },
                     .fold = [](BlockResult const&) {},
                     .stop = {}};
    EXPECT_THROW(run_blocks(blocks, threads), std::domain_error);
    blocks.fold = [](BlockResult const& result) {
      if (*std::static_pointer_cast<std::int64_t>(result) == 100) throw std::range_error("fold of 100");
    };
    blocks.last = 200;
    EXPECT_THROW(run_blocks(blocks, threads), std::range_error);
  }
}

TEST(Engine, HandsOnWhatAStopThrows) {
  for (int const threads : {1, 2, 8}) {
    std::int64_t asked = 0;
    BlockWork const blocks{
        .first = 0,
        .last = 1000,
        .work = [](std::int64_t block) -> BlockResult { return std::make_shared<std::int64_t>(block); },
        .fold = [](BlockResult const&) {},
        .stop = [&]() -> bool {
          if (++asked > 100) throw std::domain_error("no answer");
          return false;
        }};
    EXPECT_THROW(run_blocks(blocks, threads), std::domain_error);
  }
}

TEST(Engine, StopsWhenToldAndFoldsWhatWasDoneInOrder) {
  for (int const threads : {1, 2, 8}) {
    std::int64_t asked = 0, folded = 0;
    BlockWork const blocks{
        .first = 0,
        .last = 100'000,
        .work = [](std::int64_t block) -> BlockResult { return std::make_shared<std::int64_t>(block); },
        .fold =
            [&](BlockResult const& result) { EXPECT_EQ(*std::static_pointer_cast<std::int64_t>(result), folded++); },
        .stop = [&] { return ++asked > 300; }};
    EXPECT_THROW(run_blocks(blocks, threads), Interrupted);
    EXPECT_EQ(folded, 300);
  }
}

TEST(Engine, IsNotInterruptedByAStopThatComesAfterTheLastBlock) {
  int asked = 0;
  EXPECT_NO_THROW(run_blocks({.first = 0,
                              .last = 10,
                              .work = [](std::int64_t) -> BlockResult { return nullptr; },
                              .fold = [](BlockResult const&) {},
                              .stop = [&] { return ++asked > 10; }},
                             2));
}

TEST(Engine, UsesAtLeastOneThread) { EXPECT_GE(default_threads(), 1); }

}  // namespace
}  // namespace fisherlab::sim
