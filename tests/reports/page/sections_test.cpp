#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "reports/page/figures.hpp"
#include "reports/page/pictures/inks.hpp"
#include "reports/page/sections/chances.hpp"
#include "reports/page/sections/interval_svg.hpp"
#include "reports/page/sections/row_labels.hpp"
#include "reports/page/sections/verdict_map.hpp"
#include "reports/page/sparkline.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

TEST(ChanceText, SaysProbabilitiesAsPeopleDo) {
  EXPECT_EQ(chance_text(0.05), "1 in 20");
  EXPECT_EQ(chance_text(1e-3), "1 in a thousand");
  EXPECT_EQ(chance_text(1e-6), "1 in a million");
  EXPECT_EQ(chance_text(1 / 2.49e9), "1 in 2.5 billion");
  EXPECT_EQ(chance_text(3.7e-14), "1 in 27 trillion");
  EXPECT_EQ(chance_text(0), "none");
  EXPECT_EQ(chance_text(std::nan("")), "not known");
}

/// Findings that took looks 0 to k of an equal share of the error.
std::vector<Finding> after_looks(std::vector<int> const& last_looks, double family_error) {
  std::vector<Finding> findings(last_looks.size());
  for (std::size_t i = 0; i < findings.size(); ++i)
    findings[i].level = 1 - family_error / static_cast<double>(findings.size()) * (1 - std::sqrt(0.5)) *
                                std::pow(std::sqrt(0.5), last_looks[i]);
  return findings;
}

TEST(UsedError, IsThatOfAllLooksTaken) {
  double const r = std::sqrt(0.5), error = 1e-3;
  auto const findings = after_looks({0, 3}, error);
  EXPECT_NEAR(used_error(findings, error), error / 2 * ((1 - r) + (1 - std::pow(r, 4))), 1e-9);
  EXPECT_LT(used_error(after_looks({40}, error), error), error * 1.0000001);
}

TEST(UsedError, CountsWhatIsMeasuredOnceAndLeavesOutWhatHasItsOwn) {
  std::vector<Finding> findings(3);
  for (auto& f : findings) f.level = 1 - 5e-4;
  findings[2].family_error = 0.05;
  findings[2].level = 0.99;
  EXPECT_NEAR(used_error(findings, 1e-3), 1e-3, 1e-12);
  EXPECT_EQ(used_error({}, 1e-3), 0);
}

TEST(RowLabels, NeverReadAlike) {
  auto findings = test::sample_findings();
  findings[0].n = "20;40;640";
  findings[1] = findings[2] = findings[0];
  std::vector<Finding const*> const rows = {&findings[0], &findings[1], &findings[2]};
  auto const labels = row_labels(rows);
  EXPECT_EQ(labels[0].place, "gamma, shape = 2.5, rate = 1.3");
  EXPECT_EQ(labels[0].sizes, "20 to 640");
  EXPECT_EQ(labels[0].statistic, "whitened norm of the mean score (case 1 of 3)");
  EXPECT_EQ(labels[2].statistic, "whitened norm of the mean score (case 3 of 3)");
}

TEST(VerdictMap, HasAMarkForEachStatementAndModel) {
  auto findings = test::sample_findings();
  findings[1].model = "gamma [score + 0.05]";
  auto const map = verdict_map(findings, {"score-mean", "coverage", "cramer-rao", "influence-depth"});
  ASSERT_EQ(map.models.size(), 4u);
  EXPECT_EQ(map.models[0], "gamma") << "a planted defect stands with its model";
  EXPECT_EQ(map.cells[0][0].badges, (std::vector<std::string>{"verified", "refuted"}));
  EXPECT_EQ(map.cells[0][0].words, "1 verified, 1 refuted control");
  EXPECT_EQ(map.cells[1][1].badges, std::vector<std::string>{"failed"});
  EXPECT_EQ(map.cells[1][1].finding, 2u);
  EXPECT_EQ(base_model("exponential on gamma(shape=3;rate=3)"), "exponential on gamma");
  EXPECT_EQ(base_model("gamma on gamma(shape=2) [scale for rate]"), "gamma on gamma");
  EXPECT_EQ(base_model("logistic on iris versicolor, virginica [half]"), "logistic on iris versicolor, virginica");
  EXPECT_TRUE(map.cells[0][1].badges.empty());
}

TEST(VerdictMap, LeadsToTheMostUrgentFinding) {
  auto findings = test::sample_findings();
  findings[3].claim = findings[2].claim = "score-mean";
  findings[3].model = findings[2].model = "gamma";
  auto const map = verdict_map(findings, {"score-mean"});
  EXPECT_EQ(map.cells[0][0].badges.front(), "failed");
  EXPECT_EQ(map.cells[0][0].finding, 2u);
}

TEST(IntervalSvg, DrawsInMarginsAndPointsBeyondTheEdge) {
  auto f = test::sample_findings()[0];
  f.region = {RegionKind::equal, 1, 0.5};
  f.measurement = {"x", 1.25, 0.1, 1, 1.5, 100, 0};
  auto const svg = interval_svg(f);
  EXPECT_NE(svg.find("M60 7H84"), std::string::npos) << svg;
  EXPECT_NE(svg.find("href=\"#mpt6\" x=\"72\""), std::string::npos) << svg;
  f.measurement.estimate = 9;
  EXPECT_NE(interval_svg(f).find("class=\"tip\""), std::string::npos);
  f.region.margin = 0;
  EXPECT_EQ(interval_svg(f), "");
}

TEST(InkChoice, GivesAKnownNameItsColourAndOthersWhatIsLeft) {
  InkChoice inks;
  EXPECT_EQ(inks.of("bootstrap"), Ink::indigo);
  EXPECT_EQ(inks.of("moments"), Ink::orange);
  EXPECT_EQ(inks.of("mle"), Ink::blue);
  EXPECT_EQ(inks.of("bootstrap"), Ink::indigo);
  EXPECT_NE(inks.of("sample_mean"), Ink::indigo) << "taken in this picture";
}

TEST(RowsText, JoinsNeighbours) {
  EXPECT_EQ(rows_text({2, 4, 3, 9, 3}), "2-4;9");
  EXPECT_EQ(rows_text({}), "");
}

TEST(Sparkline, MarksADriftAndLeavesGaps) {
  auto const svg = sparkline_svg({.values = {1, std::nan(""), 2, 3}, .level = 1.0, .step_before = 2}, "a \"b\"");
  EXPECT_NE(svg.find("class=\"step\""), std::string::npos);
  EXPECT_NE(svg.find("aria-label=\"a &quot;b&quot;\""), std::string::npos);
  auto const path = svg.substr(svg.find("class=\"line\""));
  EXPECT_EQ(std::count(path.begin(), path.end(), 'M'), 2) << "a gap begins a new piece";
  EXPECT_EQ(sparkline_svg({.values = {std::nan("")}}, "none"), "");
}

}  // namespace
}  // namespace fisherlab::reports
