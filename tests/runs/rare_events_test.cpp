#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "claims/evidence/judge.hpp"
#include "runs/run.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::runs {
namespace {

Study study_of_events() { return load_study(std::string(FISHERLAB_TEST_DATA_DIR) + "/rare_events.toml"); }

/// True identities of laws whose events are hardly ever drawn: probabilities and means from 1e-6 to 1e-3, one
/// observation a sample. One look: many samples have no event at all.
TEST(RareEvents, NeverRefuteATrueStatementNorDecideWithoutEvents) {
  auto const study = study_of_events();
  auto settings = study.settings;
  settings.max_replicates = settings.first_replicates;
  settings.performance = false;
  for (std::uint64_t const seed : {1u, 2u, 3u}) {
    settings.seed = seed;
    auto const findings = run(study.questions, settings, {}).findings;
    ASSERT_EQ(findings.size(), 48u);
    int undecided = 0;
    for (auto const& finding : findings) {
      EXPECT_NE(finding.outcome, Outcome::fail) << finding.claim << " " << finding.model << " " << finding.parameters;
      if (finding.parameters.find("e-06") == std::string::npos) continue;
      // Less than one event is expected in all. What is known without one: that p''/p of a Bernoulli is 0.
      bool const constant = finding.model == "bernoulli" && finding.claim == "density-curvature";
      EXPECT_EQ(finding.outcome, constant ? Outcome::pass : Outcome::open) << finding.claim << " " << finding.model;
      EXPECT_EQ(finding.measurement.reason.empty(), constant) << finding.claim << " " << finding.model;
      undecided += !constant;
    }
    EXPECT_EQ(undecided, 11);
    EXPECT_NE(claims::exit_code(findings), 1);
  }
}

/// With 16 times the replicates a probability of 1e-3 has been seen often enough.
TEST(RareEvents, AreDecidedOnceEnoughWereSeen) {
  auto const study = parse_study(
      "family_error = 1e-6\nreplicates = 65536\nmax_replicates = 1048576\n"
      "[[case]]\nclaim = \"information-equality\"\nmodel = \"bernoulli\"\ntheta = {p = 0.05}\nn = 1\n"
      "options = {margin = 0.05}\n",
      "study");
  auto const findings = run(study.questions, study.settings, {}).findings;
  ASSERT_FALSE(findings.empty());
  for (auto const& finding : findings) {
    EXPECT_EQ(finding.outcome, Outcome::pass) << finding.measurement.statistic;
    EXPECT_TRUE(finding.measurement.reason.empty()) << finding.measurement.reason;
  }
}

/// What cannot be decided within the plan takes no further look, and says so; with a larger maximum it goes on.
TEST(RareEvents, SpendNoLooksOnWhatTheyCannotDecide) {
  auto const run_to = [](std::int64_t most) {
    auto study = parse_study(
        "family_error = 1e-6\nreplicates = 65536\n"
        "[[case]]\nclaim = \"score-mean\"\nmodel = \"bernoulli\"\ntheta = {p = 1e-5}\nn = 1\n",
        "study");
    study.settings.max_replicates = most;
    study.settings.performance = false;
    return run(study.questions, study.settings, {});
  };
  // 40 events take 4 million replicates.
  auto const little = run_to(262'144);
  ASSERT_EQ(little.findings.size(), 1u);
  EXPECT_EQ(little.looks, 1);
  EXPECT_EQ(little.findings[0].outcome, Outcome::open);
  auto const& reason = little.findings[0].measurement.reason;
  EXPECT_TRUE(reason.starts_with("too skewed for 65,536 replicates: about ")) << reason;
  EXPECT_TRUE(reason.ends_with("and the study has at most 262,144 replicates")) << reason;
  EXPECT_GT(run_to(16'777'216).looks, 1);
}

}  // namespace
}  // namespace fisherlab::runs
