#include "reports/page/pictures/picture_figures.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "reports/page/law_plots.hpp"
#include "reports/page/plots.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

template <class Row>
std::vector<Row const*> pointers(std::vector<Row> const& rows) {
  std::vector<Row const*> result;
  for (auto const& row : rows) result.push_back(&row);
  return result;
}

bool contains(std::string const& text, std::string const& piece) { return text.find(piece) != std::string::npos; }

std::vector<CurveRow> coverage_at(std::vector<std::int64_t> const& sizes, std::string const& method) {
  std::vector<CurveRow> rows;
  for (auto const n : sizes)
    rows.push_back({.claim = "coverage",
                    .model = "exponential",
                    .parameters = "rate=0.4",
                    .quantity = Quantity::coverage,
                    .method = method,
                    .component = "rate",
                    .n = n,
                    .replicates = 1000,
                    .value = 0.9,
                    .lower = 0.88,
                    .upper = 0.92,
                    .reference = 0.95});
  return rows;
}

TEST(CurveScript, LabelsTheEndsOfTheAxisAndWhatHasRoomBetween) {
  auto const figures = interval_coverage_figures(pointers(coverage_at({1, 2, 4, 5, 8, 10, 16, 20, 32, 200}, "wald")));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_TRUE(contains(figures[0].script, "set xtics ('1' 1, '2' 2, '4' 4, '8' 8, '16' 16, '32' 32, '200' 200)"))
      << figures[0].script;
}

TEST(CurveScript, HasThreeTicksAtLeast) {
  auto const two = interval_coverage_figures(pointers(coverage_at({10, 90}, "wald")));
  EXPECT_TRUE(contains(two.at(0).script, "set xtics ('10' 10, '30' 30, '90' 90)")) << two[0].script;
}

TEST(CoverageFigures, PutWaldFirstAndCurvesSideBySide) {
  auto rows = coverage_at({5, 20}, "score");
  for (auto const& row : coverage_at({20, 5}, "wald")) rows.push_back(row);
  auto const figures = interval_coverage_figures(pointers(rows));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_TRUE(contains(figures[0].script, "unset key")) << "labels stand at the ends of the curves";
  auto const wald = figures[0].script.find("set label 'wald' at graph 1.02"),
             score = figures[0].script.find("set label 'score'");
  EXPECT_NE(wald, std::string::npos);
  EXPECT_NE(score, std::string::npos);
  EXPECT_LT(figures[0].alternative.find("wald"), figures[0].alternative.find("score"));
  EXPECT_FALSE(contains(figures[0].script, "\n5 0.9 "));
  EXPECT_TRUE(contains(figures[0].alternative, "wald: n = 5: 0.9 [0.88, 0.92]; n = 20:")) << figures[0].alternative;
}

TEST(CoverageFigures, GatherCasesWithOneSizeTheWorstFirst) {
  auto rows = coverage_at({5}, "wald");
  rows.push_back(rows[0]);
  rows[1].method = "likelihood-ratio";
  rows[1].value = 0.7;
  auto const figures = interval_coverage_figures(pointers(rows));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].title, "Coverage at a single n");
  EXPECT_LT(figures[0].script.find("likelihood-ratio 95 %"), figures[0].script.find("wald 95 %"));
}

TEST(LawFigures, LeaveTailsWithoutAReferenceOutOfTheQuantiles) {
  auto const pictures = test::sample_pictures();
  auto const figures = law_figures(pointers(pictures.distributions));
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_TRUE(contains(figures[0].script, "-1.88 -2\n"));
  EXPECT_FALSE(contains(figures[0].script, "-3.8"));
  EXPECT_TRUE(contains(figures[1].script, "-3.9 0.0001\n"));
  EXPECT_TRUE(contains(figures[0].alternative, "P(z <= -2) = 0.03; P(z <= 0) = 0.52; P(z <= 2) = 0.98"));
}

TEST(ZipFigures, SortByTheDistanceAndCutAtTheEdges) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  std::vector<ReplicateInterval> rows;
  for (double const z : {-3.0, 0.5, 2.5, -1.0})
    rows.push_back({.claim = "coverage",
                    .model = "m",
                    .parameters = "",
                    .n = 5,
                    .component = "a",
                    .interval = "wald",
                    .level = 0.95,
                    .replicate = static_cast<std::int64_t>(rows.size()),
                    .truth = 0,
                    .estimate = z,
                    .lower = z - 2,
                    .upper = z < -2 ? z + 2 : inf,
                    .z = z});
  auto const figures = zip_figures(pointers(rows));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_TRUE(contains(figures[0].script, "wald: 2 of 4 hold the truth"));
  auto const& script = figures[0].script;
  auto const held = script.find("$z0h <<"), missed = script.find("$z0m <<");
  EXPECT_LT(script.find("0.125\n"), script.find("0.375\n"));  // of the two that hold, 0.5 below -1
  EXPECT_LT(held, missed);
  EXPECT_LT(missed, script.find("0.875\n"));  // -3 is the farthest
  EXPECT_FALSE(contains(script, "inf"));
}

TEST(ZipFigures, SayWhatAllReplicatesComeTo) {
  auto const curves = coverage_at({5, 20}, "wald");
  ReplicateInterval row{.claim = "coverage",
                        .model = "exponential",
                        .parameters = "rate=0.4",
                        .n = 5,
                        .component = "rate",
                        .interval = "wald",
                        .level = 0.95,
                        .truth = 0.4,
                        .estimate = 0.5,
                        .lower = 0.3,
                        .upper = 0.7,
                        .z = 1};
  auto const script_of = [&] { return zip_figures(pointers(std::vector{row}), pointers(curves)).at(0).script; };
  EXPECT_TRUE(contains(script_of(), "wald: 90.0 % of 1,000 hold the truth")) << script_of();
  row.n = 6;
  EXPECT_TRUE(contains(script_of(), "wald: 1 of 1 hold the truth")) << script_of();
}

TEST(ZipFigures, DrawALawThatAllIntervalsHoldOrMissAtOnePoint) {
  auto rows = test::sample_pictures().intervals;
  rows.resize(1);
  rows[0].lower = rows[0].upper = rows[0].truth;
  EXPECT_EQ(zip_figures(pointers(rows)).size(), 1u);
  rows[0].lower = -std::numeric_limits<double>::infinity();
  rows[0].upper = -rows[0].lower;
  EXPECT_EQ(zip_figures(pointers(rows)).size(), 1u);
}

TEST(PictureFigures, AreNoneWithoutRows) {
  EXPECT_TRUE(covariance_figures({}).empty());
  EXPECT_TRUE(interval_coverage_figures({}).empty());
  EXPECT_TRUE(law_figures({}).empty());
  EXPECT_TRUE(zip_figures({}).empty());
}

}  // namespace
}  // namespace fisherlab::reports
