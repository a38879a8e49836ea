#include "reports/page/html.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "reports/page/gnuplot.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

RecordedRun sample_run() {
  RecordedRun run;
  run.findings = test::sample_findings();
  run.performance = test::sample_performance();
  for (std::int64_t const n : {20, 40, 80})
    run.convergence.push_back({.claim = "score-mean",
                               .model = "gamma",
                               .parameters = "shape=2.5;rate=1.3",
                               .statistic = "distance & <b>rate</b>",
                               .n = n,
                               .replicates = 1000,
                               .discrepancy = 2.0 / static_cast<double>(n),
                               .lower = 1.5 / static_cast<double>(n),
                               .upper = 2.5 / static_cast<double>(n),
                               .rate = 1.0,
                               .rate_lower = 0.8,
                               .rate_upper = 1.2});
  run.pictures = test::sample_pictures();
  run.manifest.command = "fisherlab verify '<script>alert(1)</script>' & more";
  run.manifest.study = "title = \"</pre><script>alert(2)</script>\"\n# 100 % \"quoted\"\n";
  run.manifest.seed = 7;
  return run;
}

int count(std::string const& text, std::string const& word) {
  int found = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++found;
  return found;
}

std::string page_of(RecordedRun const& run, std::string const& gnuplot, bool full = true) {
  return html_report(run, {.cards = {}, .gnuplot = gnuplot, .full = full});
}

/// The page without the style and the script, which have no volatile or foreign text.
std::string skeleton(std::string page) {
  for (auto const& [open, close] : {std::pair("<style>", "</style>"), std::pair("<script>", "</script>")}) {
    auto const from = page.find(open) + std::string(open).size(), to = page.find(close);
    page.replace(from, to - from, "...");
  }
  return page;
}

bool has_gnuplot() { return !draw_svg(std::vector<std::string>{"set terminal svg\nplot 1"}).empty(); }

TEST(HtmlReport, KeepsItsSkeleton) {
  test::expect_golden("report.html", skeleton(page_of(sample_run(), "no-such-program")));
}

TEST(HtmlReport, SaysThatItHasNoPicturesWithoutGnuplot) {
  auto const page = page_of(sample_run(), "no-such-program");
  EXPECT_NE(page.find("This page has no pictures"), std::string::npos);
  EXPECT_EQ(count(page, "role=\"img\""), 0);
  EXPECT_EQ(count(page, "<figure"), 0);
}

TEST(HtmlReport, EscapesEveryTextOfTheRun) {
  for (auto const* gnuplot : {"gnuplot", "no-such-program"}) {
    auto const page = page_of(sample_run(), gnuplot);
    EXPECT_EQ(count(page, "<script"), 1) << "the page's own alone";
    EXPECT_EQ(count(page, "</pre>"), 1);
    EXPECT_EQ(page.find("<b>"), std::string::npos);
    EXPECT_NE(page.find("&lt;script&gt;alert("), std::string::npos);
    EXPECT_NE(page.find("正規分布"), std::string::npos);
  }
}

TEST(HtmlReport, NamesNoOtherPlace) {
  auto const page = page_of(sample_run(), "gnuplot");
  for (auto const* foreign : {"://", "src=", "@import", "url(", "xlink:"})
    EXPECT_EQ(page.find(foreign), std::string::npos) << foreign;
}

TEST(HtmlReport, PutsWhatFailedFirst) {
  auto const page = page_of(sample_run(), "no-such-program");
  auto const failed = page.find("What failed"), open = page.find("What is open");
  EXPECT_NE(page.find("1 finding against expectation"), std::string::npos);
  EXPECT_LT(failed, open);
  EXPECT_LT(open, page.find("Statement by statement"));
}

/// Of 77 claims and 1,100 findings, with names and numbers as long as those of the notes.
RecordedRun large_run() {
  RecordedRun run;
  auto const finding = test::sample_findings()[0];
  for (int k = 0; k < 1100; ++k) {
    auto f = finding;
    f.claim = "a-claim-of-the-notes-" + std::to_string(k % 77);
    f.model = "inverse_gaussian on gamma";
    f.parameters = "mean=2.5;shape=" + std::to_string(k);
    f.n = "20;40;80;160;320;640";
    f.measurement.statistic = "rate of decay of the largest Kolmogorov distance to the normal law, over directions";
    f.measurement.estimate = 1.0 / (k + 3);
    run.findings.push_back(f);
  }
  for (int k = 0; k < 600; ++k) {
    auto row = test::sample_performance()[0];
    row.parameters = "shape=" + std::to_string(k / 10);
    run.performance.push_back(row);
  }
  return run;
}

TEST(HtmlReport, LeavesRoomForPicturesInTwoMegabytes) {
  auto const page = html_report(large_run(), {.cards = {}, .gnuplot = "no-such-program"});
  EXPECT_EQ(count(page, "data-verdict=\"verified\""), 1100);
  EXPECT_LT(page.size(), 1'400'000u) << "rows and map; the pictures of the notes take 400 kB";
}

TEST(HtmlReport, OrdersClaimsAsTheNotesDo) {
  std::vector<ClaimCard> cards(3);
  cards[0].id = "cramer-rao";
  cards[1].id = "absent";
  cards[2].id = "coverage";
  auto const page = html_report(sample_run(), {.cards = cards, .gnuplot = "no-such-program"});
  auto const at = [&](std::string const& claim) { return page.find("data-claim=\"" + claim + "\""); };
  EXPECT_LT(at("cramer-rao"), at("coverage"));
  EXPECT_LT(at("coverage"), at("score-mean"));
  EXPECT_EQ(at("absent"), std::string::npos);
}

TEST(HtmlReport, CaptionsAndDescribesEveryPicture) {
  ASSERT_TRUE(has_gnuplot()) << "`make deps` installs gnuplot";
  auto const page = page_of(sample_run(), "gnuplot");
  int const figures = count(page, "<figure");
  // A limit, an efficiency, a covariance, two of coverage, a law twice, a zip plot; the failed one has a curve twice.
  EXPECT_EQ(figures, 8);
  EXPECT_EQ(count(page, "<figcaption>"), figures);
  EXPECT_EQ(count(page, "role=\"img\" aria-label=\""), figures);
  EXPECT_EQ(count(page, "aria-label=\"\""), 0);
  EXPECT_EQ(count(page, "could not be drawn"), 0);
}

TEST(HtmlReport, FoldsTheLargerLotOfPictures) {
  ASSERT_TRUE(has_gnuplot()) << "`make deps` installs gnuplot";
  auto const page = page_of(sample_run(), "gnuplot");
  auto const fold = page.find("More pictures (3)");
  ASSERT_NE(fold, std::string::npos);
  for (auto const* open : {"n Cov against I⁻¹: gamma", "Coverage for a_b", "Coverage at a single n"})
    EXPECT_LT(page.find(open), fold) << open;
  for (auto const* folded : {"Normal Q-Q: shape", "Density: shape", "Zip plot: rate &amp;"}) {
    EXPECT_GT(page.find(folded), fold) << folded;
    EXPECT_NE(page.find(folded), std::string::npos) << folded;
  }
  EXPECT_NE(page.find("wald: 1 of 2 hold the truth"), std::string::npos);
  EXPECT_NE(page.find("likelihood-ratio: 0 of 1 hold the truth"), std::string::npos);
}

TEST(HtmlReport, MakesAChoiceOfPicturesUnlessAllAreWanted) {
  ASSERT_TRUE(has_gnuplot()) << "`make deps` installs gnuplot";
  auto const page = page_of(sample_run(), "gnuplot", false);
  EXPECT_LT(count(page, "<figure"), count(page_of(sample_run(), "gnuplot"), "<figure"));
  EXPECT_NE(page.find("fisherlab report DIR --full"), std::string::npos);
  EXPECT_EQ(page.find("More pictures ("), std::string::npos);
}

TEST(HtmlReport, LinksPicturesToTheirRowsWhereTheseStandBesideIt) {
  ASSERT_TRUE(has_gnuplot()) << "`make deps` installs gnuplot";
  EXPECT_NE(page_of(sample_run(), "gnuplot").find("<a href=\"convergence.csv#row=2-4\">"), std::string::npos);
  auto const elsewhere = html_report(sample_run(), {.cards = {}, .full = true, .beside_data = false});
  EXPECT_EQ(elsewhere.find(".csv#row="), std::string::npos);
}

TEST(HtmlReport, SaysWhatWasTestedAndAtWhichError) {
  auto run = sample_run();
  run.manifest.family_error = 1e-6;
  run.manifest.study_name = "mine";
  auto const page = html_report(run, {.cards = {}, .gnuplot = "none", .title = "A & B", .about = "One sentence."});
  EXPECT_NE(page.find("<strong>A &amp; B.</strong> One sentence."), std::string::npos);
  EXPECT_NE(page.find("fisherlab verify mine"), std::string::npos);
  EXPECT_NE(page.find("4 statements about 5 models"), std::string::npos);
  EXPECT_NE(page.find("at most 1 in a million declared, "), std::string::npos);
  EXPECT_NE(page.find("title=\"family_error = 1e-06\""), std::string::npos);
}

TEST(HtmlReport, DoesNotPraiseARunThatDecidedNothing) {
  auto run = sample_run();
  for (auto& f : run.findings) f.outcome = Outcome::report;
  auto const page = page_of(run, "none");
  EXPECT_EQ(page.find("All as expected"), std::string::npos);
  EXPECT_NE(page.find("<h1>Nothing was decided"), std::string::npos);
  EXPECT_NE(page.find("class=\"banner shown\""), std::string::npos);
}

TEST(HtmlReport, SaysWhatChangedSinceTheRunBefore) {
  auto const run = sample_run();
  auto before = sample_run();
  before.manifest.seed = 6;
  before.findings[2].outcome = Outcome::pass;
  before.findings[2].verdict = Verdict::verified;
  before.findings.pop_back();
  auto const page = html_report(run, {.cards = {}, .gnuplot = "none", .before = &before});
  EXPECT_NE(page.find("(seed 6): 1 verdict changed, 1 worse and 0 better; 1 new."), std::string::npos);
  EXPECT_NE(page.find("<span class=\"badge verified\">verified</span> → <span class=\"badge failed\">failed</span>"),
            std::string::npos);
  EXPECT_NE(html_report(run, {.cards = {}, .gnuplot = "none", .before = &run}).find("no verdict changed."),
            std::string::npos);
  EXPECT_EQ(page_of(run, "none").find("What changed"), std::string::npos);
}

TEST(HtmlReport, PrintsNoIntervalOfEqualDigits) {
  auto run = sample_run();
  auto& m = run.findings[0].measurement;
  m.estimate = 0.15568173;
  m.lower = 0.15568171;
  m.upper = 0.15568175;
  m.std_error = 1e-9;
  auto const page = page_of(run, "none");
  EXPECT_NE(page.find(">0.1557</td>"), std::string::npos);
  EXPECT_NE(page.find(">known to all digits</td>"), std::string::npos);
  EXPECT_NE(page.find("interval [0.15568171, 0.15568175] at level 1 - "), std::string::npos);
}

TEST(Gnuplot, LetsNothingOutOfAString) { EXPECT_EQ(gnuplot_quoted("it's `x`\n<b>"), "'it''s ''x'' <b>'"); }

TEST(Gnuplot, DrawsTheOthersWhenOneScriptIsRefused) {
  ASSERT_TRUE(has_gnuplot()) << "`make deps` installs gnuplot";
  std::string const good = "set terminal svg\nplot 1";
  auto const pictures = draw_svg(std::vector<std::string>{good, "nonsense", good});
  ASSERT_EQ(pictures.size(), 3u);
  EXPECT_FALSE(pictures[0].empty());
  EXPECT_TRUE(pictures[1].empty());
  EXPECT_FALSE(pictures[2].empty());
  EXPECT_EQ(pictures[0].find(" id="), std::string::npos);
}

TEST(Gnuplot, TellsItsVersion) {
  EXPECT_EQ(gnuplot_version("no-such-program"), "");
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  auto const version = gnuplot_version();
  EXPECT_EQ(version.find_first_not_of("0123456789."), std::string::npos) << version;
  EXPECT_GE(version.size(), 3u);
}

TEST(HtmlReport, ShowsThePowerOfACalibration) {
  RecordedRun run;
  run.calibration = {{.claim = "c", .model = "m", .defect = DefectKind::score, .size = 0.1, .runs = 10, .refuted = 9},
                     {.claim = "c", .model = "m", .runs = 10, .verified = 10}};
  auto const page = html_report(run, {.cards = {}});
  EXPECT_NE(page.find("Power against planted defects"), std::string::npos);
  run.calibration.erase(run.calibration.begin());
  EXPECT_EQ(html_report(run, {.cards = {}}).find("Power against planted defects"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::reports
