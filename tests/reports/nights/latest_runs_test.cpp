#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "reports/nights/history.hpp"
#include "reports/nights/trend.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

constexpr auto all = std::numeric_limits<std::size_t>::max();

void add_night(std::filesystem::path const& file, std::string const& study, std::uint64_t seed, double step = 0) {
  Manifest manifest;
  manifest.seed = seed;
  manifest.started_utc = "2024-03-01T02:00:00Z";
  auto findings = test::sample_findings();
  findings[0].measurement.estimate += step * findings[0].measurement.std_error;
  add_to_history(file, {study, manifest, findings});
}

TEST(ReadHistory, GivesTheLatestRunsOfEachStudyAndHowManyCameBefore) {
  auto const file = test::fresh_folder() / "nights.db";
  for (std::uint64_t seed = 1; seed <= 6; ++seed) add_night(file, "smoke", seed);
  add_night(file, "notes", 7);
  auto const latest = read_history(file, 2);
  ASSERT_EQ(latest.size(), 3u);
  EXPECT_EQ(latest[0].manifest.seed, 5u);
  EXPECT_EQ(latest[0].earlier, 4u);
  EXPECT_EQ(latest[1].manifest.seed, 6u);
  EXPECT_EQ(latest[2].study, "notes");
  EXPECT_EQ(latest[2].earlier, 0u);
  EXPECT_EQ(latest[2].findings.size(), test::sample_findings().size());
  EXPECT_EQ(read_history(file, all).size(), 7u);
}

TEST(Trend, OfTheLatestRunsCountsThoseBeforeInItsThreshold) {
  auto const file = test::fresh_folder() / "nights.db";
  for (std::uint64_t seed = 1; seed <= 40; ++seed) add_night(file, "smoke", seed, seed > 30 ? 12 : 0);
  auto const whole_runs = read_history(file, all), some_runs = read_history(file, 20);
  auto const whole = trends(whole_runs).at(0), some = trends(some_runs).at(0);
  EXPECT_EQ(some.earlier, 20u);
  EXPECT_EQ(some.runs.size(), 20u);
  EXPECT_EQ(some.series[0].threshold, whole.series[0].threshold) << "as many looks are behind it";
  EXPECT_TRUE(some.series[0].flagged);
  auto const text = trend_text(some, {}, {});
  EXPECT_TRUE(text.starts_with("Study smoke: 40 runs, of which the latest 20 are looked at\n")) << text;
  EXPECT_NE(text.find("(20 earlier runs are in the file, --all shows them)"), std::string::npos) << text;
}

}  // namespace
}  // namespace fisherlab::reports
