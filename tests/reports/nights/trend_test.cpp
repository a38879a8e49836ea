#include "reports/nights/trend.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

/// What befalls a history on its way.
struct Fate {
  std::size_t nights = 30;
  std::size_t step_at = 30;  ///< the first finding moves by `step` of its standard errors from here on
  double step = 0;
  double leave = 0;  ///< the first finding moves by this share of its margin a night
};

/// Nights of the sample findings with normal errors, each of its own seed; 0.0001 is the first one's standard error.
std::vector<HistoryRun> nights_of(Fate const& fate) {
  std::mt19937_64 bits(11);
  std::normal_distribution<double> normal;
  std::vector<HistoryRun> runs;
  for (std::size_t k = 0; k < fate.nights; ++k) {
    HistoryRun run{"smoke", {}, test::sample_findings()};
    run.manifest.seed = 100 + k;
    run.manifest.version = "0.1.0";
    run.manifest.started_utc = fmt::format("2024-03-{:02}T02:00:00Z", k + 1);
    run.manifest.replicates = 1'000'000;
    run.manifest.wall_seconds = 2 + 0.25 * static_cast<double>(k % 4);
    run.manifest.replicates_per_second = 1e6 / run.manifest.wall_seconds;
    for (auto& finding : run.findings) finding.measurement.estimate += finding.measurement.std_error * normal(bits);
    auto& first = run.findings[0];
    if (k >= fate.step_at) first.measurement.estimate += fate.step * first.measurement.std_error;
    first.measurement.estimate += fate.leave * static_cast<double>(k) * first.region.margin;
    runs.push_back(run);
  }
  return runs;
}

TEST(Trend, FlagsNoDriftWhereThereIsNone) {
  auto const runs = nights_of({});
  auto const trend = trends(runs).at(0);
  EXPECT_EQ(trend.series.size(), 5u);
  EXPECT_EQ(trend.tested, 4u) << "the control without a standard error is not tested";
  EXPECT_EQ(trend.flagged, 0u);
  EXPECT_EQ(trend.series[0].nights.size(), 30u);
}

TEST(Trend, FlagsADriftOfTwoAndAHalfStandardErrorsAndSaysSinceWhen) {
  auto const runs = nights_of({.nights = 60, .step_at = 30, .step = 2.5, .leave = 0});
  auto const trend = trends(runs).at(0);
  EXPECT_EQ(trend.flagged, 1u);
  auto const& series = trend.series[0];
  ASSERT_TRUE(series.flagged);
  EXPECT_NEAR(static_cast<double>(series.drift->first_after), 30, 3);
  EXPECT_GT(series.drift->z, series.threshold);
  for (auto const& night : series.nights)
    EXPECT_LT(night.finding->measurement.estimate, night.finding->region.margin) << "no single night shows it";
}

TEST(Trend, CountsRunsOfOneSeedOnce) {
  auto runs = nights_of({.nights = 30, .step_at = 15, .step = 20, .leave = 0});
  EXPECT_EQ(trends(runs).at(0).flagged, 1u);
  for (std::size_t k = 0; k < runs.size(); ++k) runs[k].manifest.seed = k / 15;
  auto const trend = trends(runs).at(0);
  EXPECT_EQ(trend.runs.size(), 30u);
  ASSERT_EQ(trend.series[0].nights.size(), 2u);
  EXPECT_EQ(trend.series[0].nights[1].run, &runs[29]) << "the last run of a seed";
  EXPECT_EQ(trend.tested, 0u);
}

TEST(Trend, LeavesRoundingAlone) {
  auto runs = nights_of({.nights = 4, .step_at = 4});
  for (std::size_t k = 0; k < runs.size(); ++k) {
    runs[k].findings[0].measurement.estimate = k < 2 ? 0 : 2.2e-16;
    runs[k].findings[0].measurement.std_error = 1e-19;
  }
  auto const trend = trends(runs).at(0);
  EXPECT_EQ(trend.tested, 3u);
  EXPECT_EQ(trend.flagged, 0u);
}

TEST(Trend, KeepsStudiesApart) {
  auto runs = nights_of({.nights = 8, .step_at = 8});
  for (std::size_t k = 0; k < runs.size(); k += 2) runs[k].study = "notes";
  auto const all = trends(runs);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].study, "notes");
  EXPECT_EQ(all[0].runs.size(), 4u);
  EXPECT_EQ(all[1].runs.size(), 4u);
}

TEST(Trend, FollowsAFindingThatCameLaterAndOneThatWent) {
  auto runs = nights_of({.nights = 6, .step_at = 6});
  runs[0].findings.erase(runs[0].findings.begin());
  runs[5].findings.pop_back();
  auto const trend = trends(runs).at(0);
  ASSERT_EQ(trend.series.size(), 5u);
  EXPECT_EQ(trend.series[0].nights.size(), 5u);
  EXPECT_EQ(trend.series[4].nights.size(), 5u);
  EXPECT_EQ(trend.series[4].nights.back().finding->claim, "influence-depth");
}

TEST(Trend, SeesAnEstimateLeaveItsTarget) {
  auto const runs = nights_of({.nights = 8, .step_at = 8, .step = 0, .leave = 0.15});
  auto const trend = trends(runs).at(0);
  ASSERT_TRUE(trend.series[0].margin_after);
  EXPECT_NEAR(*trend.series[0].margin_before, 0.013 + 0.15 * 1.5, 0.03);
  EXPECT_NEAR(*trend.series[0].margin_after, 0.013 + 0.15 * 5.5, 0.03);
  EXPECT_FALSE(trend.series[1].margin_after) << "a control has no margin to lose";
  auto const text = trend_text(trend, {}, {.width = 100});
  EXPECT_NE(text.find("Estimates that leave their target: 1 "), std::string::npos) << text;
}

TEST(Trend, TextIsTheApprovedOne) {
  auto const runs = nights_of({.nights = 24, .step_at = 12, .step = 8, .leave = 0.005});
  auto const trend = trends(runs).at(0);
  auto const overview = trend_text(trend, {}, {.width = 100});
  auto const claim = trend_text(trend, {.claim = "score-mean", .model = "gamma"}, {.width = 100});
  EXPECT_EQ((overview + claim).find('\x1b'), std::string::npos);
  test::expect_golden("trend.txt", overview);
  test::expect_golden("trend_claim.txt", claim);
  auto const coloured = trend_text(trend, {}, {.width = 100, .colour = true});
  EXPECT_NE(coloured.find("\x1b[31mDRIFT"), std::string::npos);
}

TEST(Trend, ShowsTheLatestNightsUnlessAllAreAskedFor) {
  auto const runs = nights_of({.nights = 200, .step_at = 200});
  auto const trend = trends(runs).at(0);
  auto const lines = [&trend](TrendFilter const& filter) {
    auto const text = trend_text(trend, filter, {.width = 100});
    return std::count(text.begin(), text.end(), '\n');
  };
  TrendFilter filter{.claim = "score-mean", .model = {}};
  auto const few = lines(filter);
  EXPECT_LT(few, 150);
  EXPECT_NE(trend_text(trend, filter, {.width = 100}).find("(170 earlier nights are in the file, --all shows them)"),
            std::string::npos);
  filter.most_nights = 1000;
  EXPECT_GE(lines(filter), few + 2L * 169);
}

TEST(Trend, TextSaysWhatIsMissing) {
  auto const runs = nights_of({.nights = 1, .step_at = 1});
  auto const trend = trends(runs).at(0);
  EXPECT_NE(trend_text(trend, {}, {.width = 80}).find("nothing to test yet"), std::string::npos);
  EXPECT_NE(trend_text(trend, {.claim = "wilks", .model = {}}, {.width = 80}).find("No finding of this study"),
            std::string::npos);
  EXPECT_TRUE(trends({}).empty());
}

}  // namespace
}  // namespace fisherlab::reports
