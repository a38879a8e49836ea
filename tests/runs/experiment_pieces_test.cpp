#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/run.hpp"
#include "runs/shards/shard.hpp"
#include "tests/support/pieced_questions.hpp"
#include "tests/support/run_bytes.hpp"

namespace fisherlab::test::scripted {
namespace {

runs::RunSettings const settings = settings_of(2048, 8192, 2);

void expect_each_once(PieceCounts const& counts, std::string const& when) {
  for (auto const& count : counts) EXPECT_EQ(count, 1) << when;
}

TEST(ExperimentPieces, AreDoneOnceForAllWhoShareThem) {
  PieceCounts counts{};
  auto const result = runs::run(sharing_pieces(counts), settings, {});
  expect_each_once(counts, "one run");
  EXPECT_EQ(claims_in(result), (std::vector<std::string>{"before", "sampled", "a", "b", "after"}));
  double sum = 0;  // of 1 / 3, ..., 1 / 25, by the seed
  for (int k = 3; k <= 25; ++k) sum += std::sin(5.0) / k;
  EXPECT_NEAR(result.findings[2].measurement.estimate, 0.3 * sum, 1e-12);
  EXPECT_EQ(result.findings[2].verdict, Verdict::verified);
  EXPECT_NEAR(result.findings[3].measurement.estimate, 0.7 * sum, 1e-12);
  EXPECT_EQ(result.findings[3].verdict, Verdict::refuted) << "-1.6 lies outside";
  EXPECT_EQ(result.notes, (std::vector<std::string>{"a on linear on a: five", "b on linear on b: five"}));
}

/// Whatever is done when a run is cut is not done again.
TEST(ExperimentPieces, AreKeptWhenTheRunIsCutAmongThem) {
  PieceCounts one{};
  auto const whole = bytes_of(runs::run(sharing_pieces(one), settings, {}));
  for (int const patience : {1, 2, 7, 16, 29}) {
    PieceCounts counts{};
    auto const questions = sharing_pieces(counts);
    auto alone = settings;
    alone.threads = 1;
    std::string state;
    for (int runs_done = 1;; ++runs_done) {
      ASSERT_LT(runs_done, 100);
      runs::RunHooks hooks;
      int asked = 0;
      hooks.stop = [&] { return ++asked > patience; };
      hooks.save = [&state](std::string saved) { state = std::move(saved); };
      hooks.resumed = state;
      auto const result = runs::run(questions, alone, hooks);
      if (result.interrupted) continue;
      EXPECT_EQ(bytes_of(result), whole);
      EXPECT_GE(runs_done, patience < 29 ? 2 : 1);
      break;
    }
    expect_each_once(counts, "cut after " + std::to_string(patience));
  }
}

TEST(ExperimentPieces, AreSavedAfterSecondsOfWork) {
  PieceCounts counts{};
  std::vector<std::string> states;
  std::atomic<double> clock = 0;
  runs::RunHooks hooks;
  hooks.elapsed_seconds = [&clock] { return clock.load(); };
  hooks.progress = [&clock](runs::Progress const& p) { clock = clock + (p.scenario.starts_with("a:") ? 3 : 0); };
  hooks.save = [&states](std::string state) { states.push_back(std::move(state)); };
  hooks.save_seconds = 8;
  auto const whole = bytes_of(runs::run(sharing_pieces(counts), settings, hooks));
  ASSERT_GE(states.size(), 6u) << "23 pieces of three seconds";
  for (auto const& state : states) {
    PieceCounts again{};
    runs::RunHooks resumed;
    resumed.resumed = state;
    EXPECT_EQ(bytes_of(runs::run(sharing_pieces(again), settings, resumed)), whole);
  }
}

TEST(ExperimentPieces, AreSharedOutAmongShards) {
  PieceCounts one{};
  auto const whole = bytes_of(runs::run(sharing_pieces(one), settings, {}));
  for (int const parts : {1, 2, 3, 5, 40}) {
    PieceCounts counts{};
    auto const questions = sharing_pieces(counts);
    std::vector<runs::ShardState> states;
    std::vector<int> done;
    for (int part = 1; part <= parts; ++part) {
      int before = 0, after = 0;
      for (auto const& count : counts) before += count;
      std::string state;
      runs::RunHooks hooks;
      hooks.save = [&state](std::string saved) { state = std::move(saved); };
      EXPECT_FALSE(runs::run_shard(questions, settings, hooks, {{part, parts}, 0, {}}).interrupted);
      states.push_back({"shard " + std::to_string(part), {part, parts}, state});
      for (auto const& count : counts) after += count;
      done.push_back(after - before);
    }
    EXPECT_LE(std::ranges::max(done) - std::ranges::min(done), 1) << "with others in turn";
    auto merged = runs::merge_shards(questions, settings, {}, states, 0, {});
    ASSERT_FALSE(merged.state.empty()) << "a second look";
    runs::RunHooks hooks;
    hooks.resumed = merged.state;
    EXPECT_EQ(bytes_of(runs::run(questions, settings, hooks)), whole) << parts;
    expect_each_once(counts, std::to_string(parts) + " shards");
  }
}

TEST(ExperimentPieces, ThatAreNoneAreRefused) {
  PieceCounts counts{};
  auto const questions = sharing_pieces(counts);
  std::string state;
  runs::RunHooks hooks;
  hooks.stop = [&counts] { return counts[8] > 0; };
  hooks.save = [&state](std::string saved) { state = std::move(saved); };
  auto alone = settings;
  alone.threads = 1;
  ASSERT_TRUE(runs::run(questions, alone, hooks).interrupted);
  auto const refuses = [&](std::vector<Question> const& asked) {
    runs::RunHooks resumed;
    resumed.resumed = state;
    EXPECT_THROW(runs::run(asked, settings, resumed), InputError);
  };
  refuses(sharing_pieces(counts, [](Pieces& pieces) {
    pieces.check = [](Piece const& piece) { expects(piece.numbers.size() == 3, "three numbers"); };
  }));
  refuses(sharing_pieces(counts, [](Pieces& pieces) { pieces.count = 4; }));
  auto none = sharing_pieces(counts);
  for (std::size_t const k : {2u, 3u}) std::get<Experiment>(none[k].answer).pieces.reset();
  refuses(none);
}

}  // namespace
}  // namespace fisherlab::test::scripted
