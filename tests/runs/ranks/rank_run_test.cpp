#include "runs/ranks/rank_run.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "runs/studies/study.hpp"
#include "tests/support/pieced_questions.hpp"
#include "tests/support/run_bytes.hpp"

namespace fisherlab::runs {
namespace {

using test::bytes_of;

/// What is under way between threads that stand for ranks.
struct Network {
  explicit Network(int size) : boxes(static_cast<std::size_t>(size)) {}
  std::mutex mutex;
  std::vector<std::deque<Message>> boxes;
  std::size_t bytes = 0;
  std::size_t messages = 0;
};

class ThreadRanks final : public Ranks {
 public:
  ThreadRanks(Network& network, int rank) : network_(network), rank_(rank) {}
  int rank() const override { return rank_; }
  int size() const override { return static_cast<int>(network_.boxes.size()); }
  int local_size() const override { return size(); }
  void send(int to, std::string bytes) override {
    std::lock_guard const one(network_.mutex);
    network_.bytes += bytes.size();
    ++network_.messages;
    network_.boxes[static_cast<std::size_t>(to)].push_back({rank_, std::move(bytes)});
  }
  std::optional<Message> receive() override {
    std::lock_guard const one(network_.mutex);
    auto& box = network_.boxes[static_cast<std::size_t>(rank_)];
    if (box.empty()) return std::nullopt;
    auto message = std::move(box.front());
    box.pop_front();
    return message;
  }

 private:
  Network& network_;
  int rank_;
};

Study smoke() {
  auto study = load_study("smoke");
  study.settings.threads = 1;
  study.settings.keep_estimates = true;
  study.settings.first_replicates = 8192;
  return study;
}

/// What each rank is given beside the study.
struct Hooks {
  RunHooks lead = {};
  std::vector<RunHooks> follow = {};  ///< of rank 1 and on
  std::string identity = "one";       ///< of the followers
};

RunResult on_ranks(Study const& study, int size, Hooks const& hooks = {}) {
  Network network(size);
  std::vector<std::jthread> followers;
  for (int rank = 1; rank < size; ++rank)
    followers.emplace_back([&, rank] {
      ThreadRanks ranks(network, rank);
      auto const k = static_cast<std::size_t>(rank - 1);
      follow_run(study.questions, study.settings, k < hooks.follow.size() ? hooks.follow[k] : RunHooks(),
                 hooks.identity, ranks);
    });
  ThreadRanks ranks(network, 0);
  std::string const identity = "one";
  return lead_run(study.questions, study.settings, hooks.lead, identity, ranks);
}

TEST(RankRun, GivesTheSameBytesForAnyNumberOfRanks) {
  auto const study = smoke();
  auto const whole = run(study.questions, study.settings, {});
  ASSERT_GE(whole.looks, 3);
  ASSERT_FALSE(whole.influence.empty()) << "an experiment takes part";
  for (int const size : {1, 2, 3, 4}) EXPECT_EQ(bytes_of(on_ranks(study, size)), bytes_of(whole)) << size;
}

TEST(RankRun, SharesOutThePiecesOfAnExperiment) {
  namespace scripted = test::scripted;
  scripted::PieceCounts one{};
  Study study;
  study.settings = scripted::settings_of(2048, 8192);
  study.questions = scripted::sharing_pieces(one);
  auto const whole = bytes_of(run(study.questions, study.settings, {}));
  for (int const size : {1, 2, 4}) {
    scripted::PieceCounts counts{};
    study.questions = scripted::sharing_pieces(counts);
    EXPECT_EQ(bytes_of(on_ranks(study, size)), whole) << size;
    for (auto const& count : counts) EXPECT_EQ(count, 1) << size;
  }
}

/// Clocks that run fast have all ranks send and save after every few blocks.
TEST(RankRun, GivesThemWhenRanksSendOftenAndTheStateIsTakenUp) {
  auto const study = smoke();
  auto const whole = run(study.questions, study.settings, {});
  std::vector<std::string> states;
  Hooks hooks;
  double clock = 0;
  hooks.lead.elapsed_seconds = [&clock] { return clock += 0.02; };
  hooks.lead.save = [&states](std::string state) { states.push_back(std::move(state)); };
  hooks.lead.save_seconds = 4;
  std::vector<std::atomic<int>> ticks(2);
  for (auto& tick : ticks) {
    RunHooks follow;
    follow.elapsed_seconds = [&tick] { return ++tick; };
    hooks.follow.push_back(follow);
  }
  EXPECT_EQ(bytes_of(on_ranks(study, 3, hooks)), bytes_of(whole));
  ASSERT_GE(states.size(), 4u);
  for (std::size_t k = 0; k < states.size(); k += 1 + states.size() / 5) {
    Hooks resumed;
    resumed.lead.resumed = states[k];
    EXPECT_EQ(bytes_of(on_ranks(study, 1 + static_cast<int>(k % 3), resumed)), bytes_of(whole)) << k;
    EXPECT_EQ(bytes_of(run(study.questions, study.settings, resumed.lead)), bytes_of(whole)) << "by one process";
  }
}

TEST(RankRun, EndsWithAStateWhereARankIsToldToStop) {
  auto const study = smoke();
  auto const whole = run(study.questions, study.settings, {});
  for (int const who : {0, 1, 2}) {
    std::string state;
    std::atomic<int> asked = 0;
    auto const stop = [&asked] { return ++asked > 9; };
    Hooks hooks;
    hooks.follow.resize(2);
    (who == 0 ? hooks.lead : hooks.follow[static_cast<std::size_t>(who - 1)]).stop = stop;
    hooks.lead.save = [&state](std::string saved) { state = std::move(saved); };
    auto const cut = on_ranks(study, 3, hooks);
    EXPECT_TRUE(cut.interrupted) << who;
    ASSERT_FALSE(state.empty());
    Hooks resumed;
    resumed.lead.resumed = state;
    EXPECT_EQ(bytes_of(on_ranks(study, 2, resumed)), bytes_of(whole)) << who;
  }
}

TEST(RankRun, EndsWithAStateWhereARankFails) {
  auto const study = smoke();
  auto const whole = run(study.questions, study.settings, {});
  std::string state;
  Hooks hooks;
  hooks.follow.resize(2);
  hooks.follow[1].stop = [asked = std::make_shared<std::atomic<int>>(0)]() -> bool {
    if (++*asked > 6) throw std::runtime_error("the machine is on fire");
    return false;
  };
  hooks.lead.save = [&state](std::string saved) { state = std::move(saved); };
  auto const cut = on_ranks(study, 3, hooks);
  EXPECT_TRUE(cut.interrupted);
  ASSERT_EQ(cut.notes.size(), 1u);
  EXPECT_EQ(cut.notes[0], "Rank 2 failed: the machine is on fire");
  Hooks resumed;
  resumed.lead.resumed = state;
  EXPECT_EQ(bytes_of(on_ranks(study, 2, resumed)), bytes_of(whole));
}

TEST(RankRun, RefusesARankOfAnotherStudy) {
  Hooks hooks;
  hooks.identity = "two";
  auto const cut = on_ranks(smoke(), 2, hooks);
  EXPECT_TRUE(cut.interrupted);
  ASSERT_EQ(cut.notes.size(), 1u);
  EXPECT_NE(cut.notes[0].find("it runs another study, seed or version than rank 0"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::runs
