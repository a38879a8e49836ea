#include "claims/evidence/judge.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "base/expects.hpp"

namespace fisherlab::claims {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Measurement between(double lower, double upper) {
  return measured("a test statistic", {(lower + upper) / 2, 0.1, lower, upper}, 1000);
}

TEST(Judge, ComparesAnIntervalWithARegion) {
  Region const equal{RegionKind::equal, 1, 0.1};
  EXPECT_EQ(verdict_of(between(0.95, 1.05), equal), Verdict::verified);
  EXPECT_EQ(verdict_of(between(0.95, 1.15), equal), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(between(0.5, 1.5), equal), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(between(1.11, 1.2), equal), Verdict::refuted);
  EXPECT_EQ(verdict_of(between(0.2, 0.89), equal), Verdict::refuted);

  Region const at_least{RegionKind::at_least, 1, 0.1};
  EXPECT_EQ(verdict_of(between(0.95, 7), at_least), Verdict::verified);
  EXPECT_EQ(verdict_of(measured("unbounded", {2, 0.1, 0.95, inf}, 9), at_least), Verdict::verified);
  EXPECT_EQ(verdict_of(between(0.8, 7), at_least), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(between(-3, 0.8), at_least), Verdict::refuted);

  Region const at_most{RegionKind::at_most, 1, 0.1};
  EXPECT_EQ(verdict_of(between(-7, 1.05), at_most), Verdict::verified);
  EXPECT_EQ(verdict_of(between(-7, 1.2), at_most), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(between(1.2, 3), at_most), Verdict::refuted);
}

TEST(Judge, CountsBothRegionsAndIntervalsAsClosed) {
  EXPECT_EQ(verdict_of(between(2, 2), {RegionKind::equal, 2, 0}), Verdict::verified);
  EXPECT_EQ(verdict_of(between(2, 3), {RegionKind::equal, 2, 0}), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(between(2, 3), {RegionKind::at_most, 2, 0}), Verdict::inconclusive);
}

// What is exact at every n has no room for a defect inside the margin.
TEST(Judge, RefutesAnExactStatementInsideItsMargin) {
  Region const equal{RegionKind::equal, 1, 0.1, 1e-6};
  EXPECT_EQ(verdict_of(between(1.01, 1.02), equal), Verdict::refuted);
  EXPECT_EQ(verdict_of(between(0.98, 0.99), equal), Verdict::refuted);
  EXPECT_EQ(verdict_of(between(0.98, 1.02), equal), Verdict::verified);
  EXPECT_EQ(verdict_of(between(0.5, 1.5), equal), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(between(1 + 1e-7, 1 + 1e-7), equal), Verdict::verified);
  Region const at_least{RegionKind::at_least, 1, 0.1, 1e-6};
  EXPECT_EQ(verdict_of(between(0.95, 0.99), at_least), Verdict::refuted);
  EXPECT_EQ(verdict_of(between(0.95, 1.01), at_least), Verdict::verified);
  EXPECT_EQ(verdict_of(between(1.05, 7), at_least), Verdict::verified);
  Region const at_most{RegionKind::at_most, 1, 0.1, 1e-6};
  EXPECT_EQ(verdict_of(between(1.01, 1.05), at_most), Verdict::refuted);
  EXPECT_EQ(verdict_of(between(-7, 0.5), at_most), Verdict::verified);
}

// A rounding wider than the margin takes nothing from the margin.
TEST(Judge, HoldsAnExactStatementToTheSmallerOfMarginAndRounding) {
  EXPECT_EQ(verdict_of(between(1.2, 1.3), {RegionKind::equal, 1, 0.1, 0.5}), Verdict::refuted);
  EXPECT_THROW(verdict_of(between(1, 2), {RegionKind::equal, 1, 0.1, -1e-9}), InputError);
}

TEST(Judge, ConcludesNothingFromWhatIsNotANumber) {
  Region const region{RegionKind::at_least, 0, 0.1};
  Measurement const sound = between(1, 2);
  ASSERT_EQ(verdict_of(sound, region), Verdict::verified);
  int checked = 0;
  for (double Measurement::*const field :
       {&Measurement::estimate, &Measurement::std_error, &Measurement::lower, &Measurement::upper}) {
    Measurement broken = sound;
    broken.*field = nan;
    EXPECT_EQ(verdict_of(broken, region), Verdict::inconclusive);
    ++checked;
  }
  EXPECT_EQ(checked, 4);
  EXPECT_EQ(verdict_of(sound, {RegionKind::at_least, nan, 0.1}), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(sound, {RegionKind::at_least, 0, nan}), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(between(2, 1), region), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(measured("nothing", {1, 0, 1, 1}, 0), region), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(measured("vacuous", vacuous_interval(), 10), region), Verdict::inconclusive);
  EXPECT_THROW(verdict_of(sound, {RegionKind::equal, 0, -0.1}), InputError);
}

TEST(Judge, VerifiesNothingWhenMoreThanOnePercentWasDropped) {
  Region const region{RegionKind::at_least, 0, 0};
  Interval const above{1, 0.1, 0.5, 1.5};
  Interval const below{-1, 0.1, -1.5, -0.5};
  EXPECT_EQ(verdict_of(measured("m", above, 990, 10), region), Verdict::verified);
  EXPECT_EQ(verdict_of(measured("m", above, 989, 11), region), Verdict::inconclusive);
  EXPECT_EQ(verdict_of(measured("m", below, 989, 11), region), Verdict::refuted);
}

TEST(Judge, MeetsTheExpectation) {
  using enum Verdict;
  EXPECT_EQ(outcome_of(verified, Expectation::verified), Outcome::pass);
  EXPECT_EQ(outcome_of(refuted, Expectation::verified), Outcome::fail);
  EXPECT_EQ(outcome_of(inconclusive, Expectation::verified), Outcome::open);
  EXPECT_EQ(outcome_of(verified, Expectation::refuted), Outcome::fail);
  EXPECT_EQ(outcome_of(refuted, Expectation::refuted), Outcome::pass);
  EXPECT_EQ(outcome_of(inconclusive, Expectation::refuted), Outcome::open);
  for (Verdict const verdict : {verified, refuted, inconclusive}) {
    EXPECT_EQ(outcome_of(verdict, Expectation::report), Outcome::report);
  }
}

TEST(Judge, CompletesAFinding) {
  Finding finding;
  finding.claim = "score-mean";
  finding.measurement = between(0.4, 0.6);
  finding.region = {RegionKind::at_most, 0, 0.01};
  finding.expected = Expectation::refuted;
  Finding const judged = judge(finding);
  EXPECT_EQ(judged.claim, "score-mean");
  EXPECT_EQ(judged.verdict, Verdict::refuted);
  EXPECT_EQ(judged.outcome, Outcome::pass);
}

TEST(ExitCode, PutsAFailureBeforeAnOpenFinding) {
  auto const with = [](std::vector<Outcome> const& outcomes) {
    std::vector<Finding> findings(outcomes.size());
    for (std::size_t k = 0; k < outcomes.size(); ++k) findings[k].outcome = outcomes[k];
    return exit_code(findings);
  };
  EXPECT_EQ(with({}), 0);
  EXPECT_EQ(with({Outcome::pass, Outcome::report}), 0);
  EXPECT_EQ(with({Outcome::pass, Outcome::open}), 4);
  EXPECT_EQ(with({Outcome::open, Outcome::fail, Outcome::pass}), 1);
}

TEST(Judge, HoldsNoExactValueToItsLastBit) {
  Region const region{RegionKind::equal, 0.0, 0.0, rounding_of_exact_values};
  Measurement m;
  m.replicates = 1024;
  m.estimate = m.lower = m.upper = 3e-16;  // a number that cannot vary, with the rounding of its formula
  EXPECT_NE(verdict_of(m, region), Verdict::refuted);
  m.estimate = m.lower = m.upper = 3e-6;
  EXPECT_EQ(verdict_of(m, region), Verdict::refuted);
}

}  // namespace
}  // namespace fisherlab::claims
