// How a run goes on, ends early, and tells where it is.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "claims/evidence/judge.hpp"
#include "runs/run.hpp"
#include "tests/support/scripted_questions.hpp"

namespace fisherlab::runs {

using namespace claims;
namespace {

using namespace test::scripted;

/// A clock that goes a second for each block.
struct BlockClock {
  double now = 0;
  runs::RunHooks hooks() {
    runs::RunHooks hooks;
    hooks.progress = [this](runs::Progress const&) { now += 1; };
    hooks.elapsed_seconds = [this] { return now; };
    return hooks;
  }
};

TEST(RunCourse, EndsAtTheDeadlineInsideALook) {
  for (double const deadline : {3.0, 4.0, 6.0, 11.0, 17.0, 31.0}) {
    std::vector<Call> a, b;
    auto settings = settings_of(1024, 1'000'000);  // two scenarios, of 1, 1, 2, 4, 8 blocks in a look
    settings.deadline_seconds = deadline;
    BlockClock clock;
    auto const result =
        run({scripted("a", 0, never, inside, a), scripted("b", 1, never, inside, b)}, settings, clock.hooks());
    EXPECT_TRUE(result.deadline_reached);
    EXPECT_FALSE(result.interrupted);
    EXPECT_LE(clock.now, deadline + 1) << "never later than a block";
    EXPECT_GE(clock.now, 0.75 * deadline - 1) << "and what is left is used";
    EXPECT_EQ(result.findings.size(), 2u);
  }
}

TEST(RunCourse, UsesTheTimeThatIsLeftForWhatItCanDecide) {
  std::vector<Call> large, small;
  auto first = scripted("large", 0, never, inside, large), second = scripted("small", 1, 2048, inside, small);
  auto& scenario = std::get<Sampled>(first.answer).scenarios[0];
  scenario.n = 20;
  auto settings = settings_of(1024, 1'000'000);
  settings.deadline_seconds = 15;
  double now = 0;
  runs::RunHooks hooks;  // a second for each two thousand observations
  std::int64_t before = 0;
  hooks.progress = [&](runs::Progress const& p) {
    now += static_cast<double>(p.done >= before ? p.done - before : p.done) / 2048;
    before = p.done;
  };
  hooks.elapsed_seconds = [&now] { return now; };
  auto const result = run({first, second}, settings, hooks);
  EXPECT_TRUE(result.deadline_reached);
  ASSERT_EQ(large.size(), 1u) << "its second look would end after 21 s";
  ASSERT_EQ(small.size(), 2u) << "that of the smaller one fits";
  EXPECT_EQ(result.findings[1].verdict, Verdict::verified);
  EXPECT_EQ(result.looks, 2);
}

TEST(RunCourse, LeavesOpenWhatTheDeadlineGaveNoLook) {
  std::vector<Call> a, b;
  auto settings = settings_of(8192, 1'000'000);
  settings.deadline_seconds = 10;
  BlockClock clock;
  auto const result = run({scripted("a", 0, 1, inside, a), scripted("b", 1, 1, inside, b)}, settings, clock.hooks());
  EXPECT_TRUE(result.deadline_reached);
  ASSERT_EQ(result.findings.size(), 2u);
  EXPECT_EQ(result.findings[0].verdict, Verdict::verified);
  EXPECT_EQ(result.findings[1].outcome, Outcome::open);
  EXPECT_EQ(result.findings[1].measurement.reason, "the deadline came before its first look");
  EXPECT_EQ(exit_code(result.findings), 4);
}

TEST(RunCourse, GoesOnAfterTheDeadlineToTheEndOfARunWithoutOne) {
  std::vector<Call> a, b;
  std::vector<Question> questions = {scripted("a", 0, 5000, inside, a), scripted("b", 1, never, inside, b),
                                     scripted("shown", 2, never, inside, b)};
  questions[2].expected = Expectation::report;  // looked at once
  auto const whole = run(questions, settings_of(1024, 30'000), {});
  for (double const deadline : {1.0, 3.0, 7.0, 12.0, 20.0}) {
    std::string state;
    auto settings = settings_of(1024, 30'000);
    settings.deadline_seconds = deadline;
    BlockClock clock;
    auto hooks = clock.hooks();
    hooks.save = [&state](std::string saved) { state = std::move(saved); };
    EXPECT_TRUE(run(questions, settings, hooks).deadline_reached) << deadline;
    runs::RunHooks resumed;
    resumed.resumed = state;
    auto const result = run(questions, settings_of(1024, 30'000), resumed);
    EXPECT_EQ(result.fingerprint, whole.fingerprint) << deadline;
    EXPECT_EQ(result.looks, whole.looks);
    EXPECT_EQ(result.replicates, whole.replicates);
    EXPECT_FALSE(result.deadline_reached);
  }
}

/// With a picture, for which two blocks of replicates are drawn where it has a sketch.
Question pictured(std::string const& name, double mean, bool has_sketch, std::vector<Call>& calls) {
  auto question = scripted(name, mean, 1, inside, calls);
  auto& sampled = std::get<Sampled>(question.answer);
  if (has_sketch) sampled.sketches.push_back({sampled.probes[0], 2048});
  sampled.pictures = [](std::span<sim::Tally const>, std::span<sim::Tally const> sketched) {
    PictureRows rows;
    rows.curves.emplace_back();
    rows.curves.back().replicates = sketched.empty() ? 0 : sketched[0].count;
    return rows;
  };
  return question;
}

TEST(RunCourse, EndsPicturesAtTheDeadlineAndMakesThemWhenResumed) {
  std::vector<Call> calls;
  std::vector<Question> const questions = {pictured("drawn", 0, true, calls), pictured("late", 1, true, calls),
                                           pictured("plain", 2, false, calls)};
  auto settings = settings_of(1024, 30'000);
  settings.pictures = true;
  auto const whole = run(questions, settings, {});
  ASSERT_EQ(whole.pictures.curves.size(), 3u);
  EXPECT_EQ(whole.pictures.curves[1].replicates, 2048);

  // The looks take no time; of the blocks for pictures each takes 30 s.
  double now = 0;
  std::string state;
  runs::RunHooks hooks;
  bool are_looks_over = false;
  hooks.elapsed_seconds = [&] { return are_looks_over ? now += 30 : now; };
  hooks.save = [&](std::string saved) {
    state = std::move(saved);
    are_looks_over = calls.size() >= 6;  // of both runs
  };
  settings.deadline_seconds = 100;
  auto const cut = run(questions, settings, hooks);
  EXPECT_TRUE(cut.deadline_reached);
  EXPECT_FALSE(cut.interrupted);
  EXPECT_EQ(cut.fingerprint, whole.fingerprint) << "no finding is missing";
  std::vector<std::string> made;
  for (auto const& row : cut.pictures.curves) made.push_back(row.claim);
  EXPECT_EQ(made, (std::vector<std::string>{"drawn", "plain"}));

  runs::RunHooks resumed;
  resumed.resumed = state;
  settings.deadline_seconds = std::numeric_limits<double>::infinity();
  auto const result = run(questions, settings, resumed);
  EXPECT_FALSE(result.deadline_reached);
  EXPECT_EQ(result.pictures.curves.size(), 3u);
  EXPECT_EQ(result.fingerprint, whole.fingerprint);
}

TEST(RunCourse, KeepsTimeFreeForPicturesAlone) {
  for (bool const has_sketch : {false, true}) {
    std::vector<Call> calls;
    auto question = pictured("a", 0, has_sketch, calls);
    auto settings = settings_of(1'000'000, 1'000'000);  // a look of more than 900 blocks
    settings.pictures = true;
    settings.deadline_seconds = 100;
    BlockClock clock;
    auto const result = run({question}, settings, clock.hooks());
    EXPECT_TRUE(result.deadline_reached);
    EXPECT_EQ(result.replicates, (has_sketch ? 98 : 100) * 1024);
  }
}

TEST(RunCourse, ReturnsWhatWasDecidedBeforeAnInterruption) {
  std::vector<Call> a, b;
  runs::RunHooks hooks;
  std::int64_t drawn = 0;
  hooks.progress = [&drawn](runs::Progress const& p) { drawn = p.replicates; };
  hooks.stop = [&drawn] { return drawn >= 4096 + 2048; };  // within the second scenario
  auto const result =
      run({scripted("a", 0, 1, inside, a), scripted("b", 1, 1, inside, b)}, settings_of(4096, 1'000'000), hooks);
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.looks, 0);  // none was whole
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].claim, "a");
  EXPECT_EQ(result.findings[0].verdict, Verdict::verified);
  EXPECT_TRUE(b.empty());
}

TEST(RunCourse, KeepsOpenFindingsOfTheLookBeforeAnInterruption) {
  std::vector<Call> calls;
  runs::RunHooks hooks;
  std::int64_t drawn = 0;
  hooks.progress = [&drawn](runs::Progress const& p) { drawn = p.replicates; };
  hooks.stop = [&drawn] { return drawn >= 1024; };
  auto const result = run({scripted("a", 0, never, inside, calls)}, settings_of(1024, 1'000'000), hooks);
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.looks, 1);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].measurement.replicates, 1024);
  EXPECT_EQ(result.findings[0].outcome, Outcome::open);
}

TEST(RunCourse, TellsItsProgress) {
  std::vector<Call> calls;
  std::vector<runs::Progress> told;
  runs::RunHooks hooks;
  hooks.progress = [&told](runs::Progress const& p) { told.push_back(p); };
  run({scripted("a", 0, 8192, inside, calls)}, settings_of(2048, 1'000'000), hooks);
  ASSERT_EQ(told.size(), 8u);  // blocks
  EXPECT_EQ(told[0].scenario, "normal_mean, n = 2");
  EXPECT_EQ(told[0].look, 0);
  EXPECT_EQ(told[0].done, 2048);  // observations
  EXPECT_EQ(told[1].done, told[1].planned);
  EXPECT_EQ(told[2].look, 1);
  EXPECT_EQ(told[2].planned, 2 * 2048);
  EXPECT_EQ(told.back().done, told.back().planned);
  EXPECT_EQ(told.back().replicates, 8192);
}

}  // namespace
}  // namespace fisherlab::runs
