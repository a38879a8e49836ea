// How a run goes on, ends early, and tells where it is.
#include <gtest/gtest.h>

#include <vector>

#include "claims/evidence/judge.hpp"
#include "runs/run.hpp"
#include "tests/support/scripted_questions.hpp"

namespace fisherlab::runs {

using namespace claims;
namespace {

using namespace test::scripted;

TEST(RunCourse, TakesWholeLooksBeforeTheDeadline) {
  std::vector<Call> a, b;
  std::vector<Question> const questions = {scripted("a", 0, never, inside, a), scripted("b", 1, never, inside, b)};
  auto settings = settings_of(1024, 1'000'000);
  int asked = 0;  // once before each further look; every look so far took 5 s
  runs::RunHooks hooks;
  hooks.elapsed_seconds = [&asked] { return 5.0 * ++asked; };

  settings.deadline_seconds = 4;  // past after the first look
  auto result = run(questions, settings, hooks);
  EXPECT_TRUE(result.deadline_reached);
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(result.looks, 1);
  EXPECT_EQ(result.findings.size(), 2u);
  EXPECT_EQ(a.size(), 1u);
  EXPECT_EQ(b.size(), 1u);

  // A further look costs what went before: the second would end after 10 s, the third after 20 s.
  asked = 0;
  settings.deadline_seconds = 9;
  EXPECT_EQ(run(questions, settings, hooks).looks, 1);
  asked = 0;
  settings.deadline_seconds = 11;
  result = run(questions, settings, hooks);
  EXPECT_EQ(result.looks, 2);
  EXPECT_TRUE(result.deadline_reached);
  EXPECT_EQ(result.findings[0].measurement.replicates, 2048);
  EXPECT_EQ(result.findings[0].measurement.replicates, result.findings[1].measurement.replicates);
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
