#include "runs/shards/shard.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/studies/study.hpp"
#include "tests/support/refusal_of.hpp"
#include "tests/support/run_bytes.hpp"
#include "tests/support/scripted_questions.hpp"

namespace fisherlab::runs {
namespace {

using test::bytes_of;
using test::smoke;

/// One shard, cut after `patience` blocks and resumed, until it is done.
ShardState done(Study const& study, Shard const& shard, int patience = 1'000'000) {
  std::string state;
  for (bool is_done = false; !is_done; patience *= 2) {
    std::atomic<int> asked = 0;
    RunHooks hooks;
    hooks.stop = [&] { return ++asked > patience; };
    hooks.save = [&state](std::string saved) { state = std::move(saved); };
    hooks.resumed = state;
    is_done = !run_shard(study.questions, study.settings, hooks, shard).interrupted;
  }
  return {"shard " + std::to_string(shard.share.part), shard.share, state};
}

std::vector<ShardState> all_done(Study const& study, int parts, int look, std::string const& before,
                                 int patience = 1'000'000) {
  std::vector<ShardState> states;
  for (int part = 1; part <= parts; ++part) states.push_back(done(study, {{part, parts}, look, before}, patience));
  return states;
}

/// All looks in shards; `looks`: how many were taken.
RunResult in_shards(Study const& study, int parts, int patience, int& looks) {
  std::string before;
  for (looks = 1;; ++looks) {
    auto states = all_done(study, parts, looks - 1, before, patience);
    std::rotate(states.begin(), states.begin() + parts / 2, states.end());  // in whatever order they are given
    auto merged = merge_shards(study.questions, study.settings, {}, states, looks - 1, before);
    if (merged.state.empty()) return std::move(merged.result);
    EXPECT_TRUE(merged.result.interrupted);
    EXPECT_EQ(merged.next_look, looks);
    before = merged.state;
  }
}

TEST(Shards, GiveTheBytesOfTheSingleRun) {
  auto const whole = run(smoke(2).questions, smoke(2).settings, {});
  ASSERT_GE(whole.looks, 3);
  ASSERT_FALSE(whole.influence.empty()) << "an experiment takes part";
  for (int const parts : {1, 2, 3, 7}) {
    int looks = 0;
    EXPECT_EQ(bytes_of(in_shards(smoke(1 + parts % 2), parts, 1'000'000, looks)), bytes_of(whole)) << parts;
    EXPECT_EQ(looks, whole.looks);
  }
}

TEST(Shards, GiveThemWhenTheyWereCutAndResumed) {
  auto const whole = run(smoke(2).questions, smoke(2).settings, {});
  int looks = 0;
  EXPECT_EQ(bytes_of(in_shards(smoke(2), 3, 5, looks)), bytes_of(whole));
}

/// A number of blocks that is no power of two has a tree with several roots.
TEST(Shards, GiveThemForAnyNumberOfBlocksAndSeed) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::vector<test::scripted::Call> a, b;
    Study study;
    study.questions = {test::scripted::scripted("a", 0, 20'000, test::scripted::inside, a),
                       test::scripted::scripted("b", 1, 1, test::scripted::inside, b),
                       test::scripted::finds("data", test::scripted::inside)};
    study.settings = test::scripted::settings_of(static_cast<std::int64_t>(1024 * (2 + 3 * seed)), 200'000);
    study.settings.seed = seed;
    auto const whole = run(study.questions, study.settings, {});
    int looks = 0;
    EXPECT_EQ(bytes_of(in_shards(study, static_cast<int>(seed) % 5 + 2, 3, looks)), bytes_of(whole)) << seed;
  }
}

TEST(Shards, LeaveAStateFromWhichOneProcessGoesOn) {
  auto const study = smoke(2);
  auto const whole = run(study.questions, study.settings, {});
  auto const merged = merge_shards(study.questions, study.settings, {}, all_done(study, 3, 0, {}), 0, {});
  ASSERT_FALSE(merged.state.empty());
  RunHooks hooks;
  hooks.resumed = merged.state;
  EXPECT_EQ(bytes_of(run(study.questions, study.settings, hooks)), bytes_of(whole));
}

TEST(Shards, OfALaterLookSimulateNothingThatIsDecided) {
  std::vector<test::scripted::Call> a, b;
  Study study;
  study.questions = {test::scripted::scripted("a", 0, 20'000, test::scripted::inside, a),
                     test::scripted::scripted("b", 1, 1, test::scripted::inside, b)};
  study.settings = test::scripted::settings_of(8192, 200'000);
  auto const first = all_done(study, 2, 0, {});
  auto const merged = merge_shards(study.questions, study.settings, {}, first, 0, {});
  std::int64_t drawn = 0;
  for (int part = 1; part <= 2; ++part) {
    RunHooks hooks;
    drawn += run_shard(study.questions, study.settings, hooks, {{part, 2}, 1, merged.state}).replicates;
  }
  EXPECT_EQ(drawn, 8192) << "of one scenario alone";
}

TEST(Shards, AreRefusedWhereTheyDoNotBelongTogether) {
  auto const study = smoke(2);
  auto const states = all_done(study, 3, 0, {});
  auto const refusal = [&study](std::vector<ShardState> const& shards, int look = 0, std::string const& before = {}) {
    return test::refusal_of([&] { merge_shards(study.questions, study.settings, {}, shards, look, before); });
  };
  EXPECT_EQ(refusal(states), "no error");

  std::string cut;
  RunHooks hooks;
  hooks.stop = [asked = 0]() mutable { return ++asked > 10; };
  hooks.save = [&cut](std::string state) { cut = std::move(state); };
  EXPECT_TRUE(run_shard(study.questions, study.settings, hooks, {{2, 3}, 0, {}}).interrupted);
  auto incomplete = states;
  incomplete[1].state = cut;
  EXPECT_NE(refusal(incomplete).find("'shard 2' is not complete (shard 2/3 lacks "), std::string::npos)
      << refusal(incomplete);

  auto swapped = states;
  std::swap(swapped[0].state, swapped[1].state);
  EXPECT_NE(refusal(swapped).find("is not complete"), std::string::npos) << refusal(swapped);

  auto twice = states;
  twice[2].state = twice[1].state;
  EXPECT_NE(refusal(twice), "no error");

  for (std::size_t size = 1; size < states[0].state.size(); size += states[0].state.size() / 20) {
    auto torn = states;
    torn[0].state.resize(size);
    EXPECT_NE(refusal(torn).find("'shard 1' is not a part of this look"), std::string::npos) << refusal(torn);
  }
  EXPECT_NE(refusal(states, 1).find("look 2 is not the one that follows"), std::string::npos) << refusal(states, 1);
  auto const merged = merge_shards(study.questions, study.settings, {}, states, 0, {});
  EXPECT_NE(refusal(states, 1, merged.state), "no error") << "shards of the first look are none of the second";
  EXPECT_NE(test::refusal_of([&] {
              check_shard(study.questions, study.settings, {{1, 3}, 0, merged.state});
            }),
            "no error");
  EXPECT_EQ(test::refusal_of([&] {
              check_shard(study.questions, study.settings, {{1, 3}, 1, merged.state});
            }),
            "no error");
}

TEST(Shards, EndAtTheirDeadlineAndGoOn) {
  std::vector<test::scripted::Call> a;
  auto const questions = std::vector{test::scripted::scripted("a", 0, 1, test::scripted::inside, a)};
  auto settings = test::scripted::settings_of(65'536, 65'536);
  auto const whole = run(questions, settings, {});
  settings.deadline_seconds = 3;
  double clock = 0;
  std::string state;
  RunHooks hooks;
  hooks.elapsed_seconds = [&clock] { return clock += 0.1; };
  hooks.save = [&state](std::string saved) { state = std::move(saved); };
  auto const cut = run_shard(questions, settings, hooks, {{1, 1}, 0, {}});
  EXPECT_TRUE(cut.deadline_reached);
  EXPECT_LT(cut.replicates, 65'536);
  EXPECT_GT(cut.replicates, 0);
  settings.deadline_seconds = 1e9;
  hooks.resumed = state;
  EXPECT_FALSE(run_shard(questions, settings, hooks, {{1, 1}, 0, {}}).deadline_reached);
  auto const merged = merge_shards(questions, settings, {}, {{"one", {1, 1}, state}}, 0, {});
  EXPECT_EQ(bytes_of(merged.result), bytes_of(whole));
}

}  // namespace
}  // namespace fisherlab::runs
