#include "reports/nights/history_page.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

/// Nights of one study whose first finding moves by `step` standard errors after the sixth.
std::vector<HistoryRun> nights(int count, double step) {
  std::vector<HistoryRun> runs;
  for (int k = 0; k < count; ++k) {
    HistoryRun run;
    run.study = "notes & more";
    run.manifest.seed = static_cast<std::uint64_t>(k + 1);
    run.manifest.started_utc = "2026-11-" + std::to_string(10 + k) + "T02:15:00Z";
    run.manifest.wall_seconds = 60 + k;
    run.findings = test::sample_findings();
    run.findings.resize(2);
    auto& m = run.findings[0].measurement;
    m.estimate += m.std_error * (0.1 * (k % 2) + (k >= 6 ? step : 0));
    runs.push_back(std::move(run));
  }
  return runs;
}

TEST(HistoryPage, IsAnIndexWithATrendOfEachClaim) {
  auto const runs = nights(12, 0);
  auto const page = history_html(trends(runs), [](HistoryRun const& run) {
    return run.manifest.seed == 12 ? "nightly-12/report.html" : std::string();
  });
  EXPECT_NE(page.find("<h1>The latest night: all as expected, no drift</h1>"), std::string::npos);
  EXPECT_NE(page.find("Study notes &amp; more"), std::string::npos);
  EXPECT_NE(page.find("<a href=\"nightly-12/report.html\">2026-11-21T02:15</a>"), std::string::npos);
  EXPECT_NE(page.find("class=\"spark\""), std::string::npos);
  EXPECT_EQ(page.find("class=\"step\" d="), std::string::npos);
  EXPECT_LT(page.find("2026-11-21"), page.find("2026-11-20")) << "the latest first";
}

TEST(HistoryPage, TellsNightsWithinAMinuteApart) {
  auto runs = nights(3, 0);
  EXPECT_EQ(history_html(trends(runs)).find("02:15:"), std::string::npos) << "seconds only where they are needed";
  runs[1].manifest.started_utc = "2026-11-10T02:15:40Z";
  auto const all = trends(runs);
  auto const page = history_html(all);
  auto const text = trend_text(all.at(0), {}, {.width = 120});
  for (std::string const night : {"2026-11-10T02:15:00", "2026-11-10T02:15:40", "2026-11-12T02:15:00"}) {
    EXPECT_NE(page.find(night), std::string::npos) << night;
    EXPECT_NE(text.find(night), std::string::npos) << night;
  }
}

TEST(HistoryPage, MarksWhatDrifts) {
  auto const runs = nights(12, 20);
  auto const page = history_html(trends(runs));
  EXPECT_NE(page.find("<h1>1 finding drifts"), std::string::npos);
  EXPECT_NE(page.find("class=\"step\" d="), std::string::npos);
  EXPECT_NE(page.find("from 2026-11-16 on: "), std::string::npos);
}

TEST(HistoryPage, SaysThatThereIsNothing) { EXPECT_NE(history_html({}).find("No nights yet"), std::string::npos); }

}  // namespace
}  // namespace fisherlab::reports
