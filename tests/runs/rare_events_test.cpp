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

}  // namespace
}  // namespace fisherlab::runs
