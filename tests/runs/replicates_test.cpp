#include "runs/replicates.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "claims/instruments/probes/common_probes.hpp"
#include "estimators/mle.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/folded.hpp"

namespace fisherlab::runs {

using namespace claims;
namespace {

constexpr std::int64_t n = 6;

Scenario scenario() {
  auto const law = test::law("gamma", {2.5, 1.3});
  return {{law, law, {}}, n};
}

/// Scores, fits, laws, counts and marks: all that a tally can keep.
std::vector<Probe> probes() {
  auto const law = scenario().setting.model;
  auto const mle = estimators::make_mle(law.model);
  Probe rest;
  rest.shape = {.values = 0, .successes = 1, .positions = 1, .marks = true};
  rest.estimator = mle;
  rest.observe = [](Batch const& batch, sim::Observed& out) {
    out.successes[0] = to_set(batch.estimates->value[0] > sim::Lanes(2.5));
    out.positions[0] = batch.estimates->value[1] - sim::Lanes(1.3);
    out.marks = sim::to_bits(batch.sample(0));
  };
  return {score_probe(law, 0), error_probe(law, 0, mle), rest};
}

std::vector<sim::Tally> fold(std::vector<runs::Stretch> const& stretches, int threads) {
  return test::folded(scenario(), probes(), stretches, threads);
}

void expect_equal(std::vector<sim::Tally> const& a, std::vector<sim::Tally> const& b) {
  ASSERT_EQ(a.size(), 3u);
  ASSERT_EQ(b.size(), 3u);
  for (std::size_t k = 0; k < a.size(); ++k) {
    EXPECT_EQ(a[k].count, b[k].count);
    EXPECT_EQ(a[k].dropped, b[k].dropped);
    EXPECT_EQ(a[k].moments.mean, b[k].moments.mean);
    EXPECT_EQ(a[k].moments.comoments, b[k].moments.comoments);
    EXPECT_EQ(a[k].successes, b[k].successes);
    EXPECT_EQ(a[k].marks, b[k].marks);
    EXPECT_EQ(a[k].fingerprint(), b[k].fingerprint());
  }
}

TEST(Replicates, GiveTheSameBitsOnAnyNumberOfThreads) {
  auto const one = fold({{3, 0, 12'000}}, 1);
  EXPECT_EQ(one[1].count + one[1].dropped, 12'000);
  expect_equal(one, fold({{3, 0, 12'000}}, 2));
  expect_equal(one, fold({{3, 0, 12'000}}, 8));
}

/// Blocks that are folded in pieces, here and there.
std::vector<sim::Tally> fold_pieces(std::int64_t replicates, std::vector<runs::BlockRanges> const& pieces) {
  auto const all = probes();
  std::vector<Probe const*> pointers;
  for (auto const& probe : all) pointers.push_back(&probe);
  runs::Stretch const stretch{3, 0, replicates};
  runs::BlockFold whole(runs::blocks_of(stretch));
  int threads = 1;
  for (auto const& piece : pieces) {
    runs::BlockFold elsewhere(whole.blocks());
    runs::fold_blocks(scenario(), pointers, stretch, piece, {.threads = threads++, .stop = {}, .advance = {}},
                      elsewhere);
    for (auto const& [first, node] : elsewhere.nodes()) EXPECT_TRUE(whole.add(first, node));
  }
  EXPECT_TRUE(whole.is_whole());
  return whole.take();
}

TEST(Replicates, GiveTheSameBitsHoweverTheBlocksAreSharedOut) {
  auto const whole = fold({{3, 0, 11'500}}, 2);  // twelve blocks, the last one short
  expect_equal(whole, fold_pieces(11'500, {{{0, 12}}}));
  expect_equal(whole, fold_pieces(11'500, {{{7, 12}}, {{0, 7}}}));
  expect_equal(whole, fold_pieces(11'500, {{{0, 1}, {3, 4}, {11, 12}}, {{4, 11}}, {{1, 3}}}));
}

TEST(Replicates, DependOnTheSeed) {
  auto const a = fold({{3, 0, 1024}}, 1);
  auto const b = fold({{4, 0, 1024}}, 1);
  for (std::size_t k = 0; k < a.size(); ++k) EXPECT_NE(a[k].fingerprint(), b[k].fingerprint());
}

// 1,024 + 13: the second block ends with a batch of eight and one of five.
TEST(Replicates, CountTheLastBatchAsFarAsItGoes) {
  auto const part = fold({{3, 0, 1037}}, 1);
  for (auto const& tally : part) EXPECT_EQ(tally.count + tally.dropped, 1037);
  auto const whole = fold({{3, 0, 2048}}, 1);
  ASSERT_EQ(part[2].marks.size(), 1037u);
  for (std::size_t k = 0; k < 1037; ++k) ASSERT_EQ(part[2].marks[k], whole[2].marks[k]) << k;
  EXPECT_EQ(std::set<std::uint64_t>(whole[2].marks.begin(), whole[2].marks.end()).size(), 2048u);
  EXPECT_EQ(fold({{3, 0, 3}}, 1)[0].count, 3);
}

/// Says that even replicates have no estimate.
class EverySecond final : public estimators::Estimator {
 public:
  std::string name() const override { return "every second"; }
  std::vector<std::string> components() const override { return {"one"}; }
  estimators::Target target(std::span<double const>) const override { return {{0}, {1, 0}}; }
  bool unbiased() const override { return false; }
  void estimate(sim::Sample const& sample, estimators::Estimates& out) const override {
    out.value = {sample(0)};
    out.found = 0b10101010;
  }
};

TEST(Replicates, CountFailedFitsAndKeepThemOut) {
  Probe probe;
  probe.shape.marks = true;
  probe.estimator = std::make_shared<EverySecond>();
  probe.observe = [](Batch const& batch, sim::Observed& out) { out.marks = sim::to_bits(batch.sample(0)); };
  sim::Tally tally(probe.shape);
  auto const s = scenario();
  runs::fold_replicates(s, {&probe}, {3, 0, 1027}, {.threads = 1, .stop = {}, .advance = {}}, {&tally});
  EXPECT_EQ(tally.count, 513);  // four of each batch, and one of the last three
  EXPECT_EQ(tally.dropped, 514);
  EXPECT_EQ(tally.marks.size(), 513u);
}

TEST(Replicates, FitAnEstimatorOnceForAllItsProbes) {
  struct Counting final : estimators::Estimator {
    mutable int calls = 0;
    std::string name() const override { return "counting"; }
    std::vector<std::string> components() const override { return {"one"}; }
    estimators::Target target(std::span<double const>) const override { return {{0}, {1, 0}}; }
    bool unbiased() const override { return false; }
    void estimate(sim::Sample const&, estimators::Estimates& out) const override {
      ++calls;
      out.found = sim::all_lanes;
    }
  };
  auto const estimator = std::make_shared<Counting>();
  Probe probe;
  probe.estimator = estimator;
  probe.observe = [](Batch const&, sim::Observed&) {};
  sim::Tally a(probe.shape), b(probe.shape);
  auto const s = scenario();
  runs::fold_replicates(s, {&probe, &probe}, {3, 0, 1024}, {.threads = 1, .stop = {}, .advance = {}}, {&a, &b});
  EXPECT_EQ(estimator->calls, 1024 / sim::lane_count);
  EXPECT_EQ(b.count, 1024);
}

TEST(Replicates, TellHowFarTheyAreAndStopWhenTold) {
  auto const probe = probes()[0];
  auto const s = scenario();
  std::vector<std::int64_t> steps;
  sim::Tally tally(probe.shape);
  runs::fold_replicates(s, {&probe}, {3, 0, 2500},
                        {.threads = 1, .stop = {}, .advance = [&](std::int64_t r) { steps.push_back(r); }}, {&tally});
  EXPECT_EQ(steps, (std::vector<std::int64_t>{1024, 1024, 452}));
  EXPECT_THROW(runs::fold_replicates(s, {&probe}, {3, 0, 2500},
                                     {.threads = 1, .stop = [] { return true; }, .advance = {}}, {&tally}),
               sim::Interrupted);
}

}  // namespace
}  // namespace fisherlab::runs
