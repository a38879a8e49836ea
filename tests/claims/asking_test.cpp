#include "claims/asking.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "claims/instruments/probes/tally_view.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

Case case_of(std::vector<std::int64_t> const& sizes) {
  auto const law = test::law("exponential", {0.4});
  Case the_case;
  the_case.setting = {law, law, {}};
  the_case.sizes = sizes;
  return the_case;
}

/// A question with one probe a size.
Sampled question_of(std::vector<std::int64_t> const& sizes) {
  Sampled question;
  add_scenarios(case_of(sizes), question);
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    question.probes.emplace_back();
    question.probes.back().scenario = k;
  }
  return question;
}

/// Tallies whose mean is c n^-r.
std::vector<sim::Tally> decaying(std::vector<std::int64_t> const& sizes, double c, double r) {
  std::vector<sim::Tally> tallies;
  for (auto const n : sizes) {
    tallies.emplace_back(sim::TallyShape{.values = 1, .successes = 0, .positions = 0, .marks = false});
    tallies.back().moments.mean[0] = c * std::pow(static_cast<double>(n), -r);
    tallies.back().count = 1000 + n;
    tallies.back().dropped = n % 7;
  }
  return tallies;
}

/// The mean of a tally, one part in a hundred either way.
Interval narrow(sim::Tally const& tally, double) {
  double const d = tally.moments.mean[0];
  return {d, 0.001 * d, 0.99 * d, 1.01 * d};
}

TEST(Asking, MakesOneScenarioASize) {
  auto const question = question_of({10, 40});
  ASSERT_EQ(question.scenarios.size(), 2u);
  EXPECT_EQ(question.scenarios[1].n, 40);
  EXPECT_EQ(parameters_text(question.scenarios[1].setting.data), "rate=0.4");
}

TEST(Asking, PutsAFindingOnItsProbe) {
  auto question = question_of({10, 40});
  add_finding(question, 1, "a mean", {RegionKind::at_most, 2, 0.5}, narrow);
  ASSERT_EQ(question.findings.size(), 1u);
  auto const& asked = question.findings[0];
  EXPECT_EQ(asked.n, "40");
  EXPECT_EQ(asked.statistic, "a mean");
  EXPECT_EQ(asked.region.kind, RegionKind::at_most);
  auto const m = asked.measure(decaying({10, 40}, 3, 1), 0.01);
  EXPECT_DOUBLE_EQ(m.estimate, 3.0 / 40);
  EXPECT_EQ(m.replicates, 1040);
  EXPECT_EQ(m.dropped, 5);
}

TEST(Limit, MeasuresTheRateAndTheRestAtTheLargestSize) {
  std::vector<std::int64_t> const sizes = {40, 160, 10};  // in any order
  auto question = question_of(sizes);
  std::vector<double> shares;
  add_limit(question, {0, 1, 2}, {.statistic = "gap", .rate = 1.0, .margin = 0.05},
            [&shares](sim::Tally const& tally, double alpha) {
              shares.push_back(alpha);
              return narrow(tally, alpha);
            });
  ASSERT_EQ(question.findings.size(), 2u);
  auto const tallies = decaying(sizes, 3, 1);

  auto const& rate = question.findings[0];
  EXPECT_EQ(rate.statistic, "rate of decay of the gap");
  EXPECT_EQ(rate.n, "40;160;10");
  EXPECT_EQ(rate.region.kind, RegionKind::at_least);
  EXPECT_EQ(rate.region.target, 1);
  EXPECT_EQ(rate.region.margin, 0.25);
  auto const m = rate.measure(tallies, 0.03);
  EXPECT_NEAR(m.estimate, 1, 1e-12);
  EXPECT_LT(m.lower, 1);
  EXPECT_GT(m.upper, 1);
  EXPECT_EQ(m.replicates, 1010);  // the fewest of all sizes
  EXPECT_EQ(m.dropped, 6);        // and the most that failed
  EXPECT_EQ(shares, (std::vector<double>{0.01, 0.01, 0.01}));

  auto const& rest = question.findings[1];
  EXPECT_EQ(rest.n, "160");
  EXPECT_EQ(rest.region.kind, RegionKind::equal);
  EXPECT_EQ(rest.region.margin, 0.05);
  EXPECT_DOUBLE_EQ(rest.measure(tallies, 0.03).estimate, 3.0 / 160);
  EXPECT_EQ(shares.back(), 0.03);
  EXPECT_FALSE(rest.convergence);
}

TEST(Limit, WritesOneRowOfConvergenceASize) {
  std::vector<std::int64_t> const sizes = {10, 20, 40};
  auto question = question_of(sizes);
  add_limit(question, {0, 1, 2}, {.statistic = "gap", .rate = 0.5, .margin = 0.05}, narrow);
  auto const rows = question.findings[0].convergence(decaying(sizes, 3, 0.5), 0.01);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].n, 20);
  EXPECT_EQ(rows[1].statistic, "gap");
  EXPECT_EQ(rows[1].replicates, 1020);
  EXPECT_NEAR(rows[1].discrepancy, 3 / std::sqrt(20.0), 1e-15);
  EXPECT_LT(rows[1].lower, rows[1].discrepancy);
  for (auto const& row : rows) EXPECT_NEAR(row.rate.value(), 0.5, 1e-12);
}

TEST(Limit, HasNoRateWhereNothingIsAboveZero) {
  std::vector<std::int64_t> const sizes = {10, 20, 40};
  auto question = question_of(sizes);
  add_limit(question, {0, 1, 2}, {.statistic = "gap", .rate = 1.0, .margin = 0.05}, [](sim::Tally const&, double) {
    return Interval{0.001, 0.001, 0, 0.01};
  });
  auto const tallies = decaying(sizes, 3, 1);
  auto const m = question.findings[0].measure(tallies, 0.01);
  EXPECT_TRUE(std::isnan(m.estimate));
  EXPECT_TRUE(std::isinf(m.upper));
  EXPECT_FALSE(question.findings[0].convergence(tallies, 0.01)[0].rate.has_value());
}

TEST(ExpectedRate, IsThatOfTheCaseUnlessItHasOneSize) {
  auto the_case = case_of({10, 20, 40});
  the_case.options["rate"] = "1.5";
  EXPECT_EQ(expected_rate(the_case), 1.5);
  the_case.options["rate"] = "none";
  EXPECT_FALSE(expected_rate(the_case));
  the_case.options["rate"] = "fast";
  EXPECT_THROW(expected_rate(the_case), InputError);
  the_case.options["rate"] = "0.5";
  the_case.sizes = {10};
  EXPECT_FALSE(expected_rate(the_case));
  the_case.sizes = {10, 20};
  EXPECT_THROW(expected_rate(the_case), InputError);
}

TEST(TallyView, ReadsBlocksOfATally) {
  sim::Tally tally({.values = 3, .successes = 0, .positions = 0, .marks = false});
  tally.moments.count = tally.count = 5;
  tally.moments.mean = {1, 2, 3};
  tally.moments.comoments = {4, 8, 12, 16, 20, 24};
  EXPECT_EQ(mean_of(tally, 1, 2)(1), 3);
  EXPECT_EQ(covariance_of(tally, 1, 2)(0, 1), 5);  // divisor count - 1
  EXPECT_EQ(covariance_of(tally, 0, 3)(2, 0), 4);
  EXPECT_EQ(plain_covariance_estimate(tally, 0, 1).value(0, 0), 1);
  EXPECT_THROW(sample_moments(tally, 2), InputError);  // no moments of degree 4 are kept
  EXPECT_THROW(matrix_of(tally, 1, 1), InputError);
}

/// A sample mean of one replicate has no standard error, and no claim may be asked to make one up.
TEST(Asking, MeasuresNothingWhereHardlyAnyReplicateGaveAResult) {
  auto question = question_of({10});
  add_finding(question, 0, "a mean", {RegionKind::equal, 0, 0.5, {}}, narrow);
  std::vector<sim::Tally> tallies(1, sim::Tally({.values = 1}));
  tallies[0].count = 1;
  tallies[0].dropped = 1023;
  auto const measurement = question.findings[0].measure(tallies, 0.01);
  EXPECT_TRUE(std::isnan(measurement.estimate));
  EXPECT_EQ(measurement.reason, "fewer than two replicates gave a result (1023 were dropped)");
}

}  // namespace
}  // namespace fisherlab::claims
