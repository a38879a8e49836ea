#include "reports/page/plot_points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "reports/page/figures.hpp"
#include "reports/page/pictures/inks.hpp"

namespace fisherlab::reports {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

BarPlot two_bars() {
  BarPlot plot{"observation", "density", "the data", {{0, 1, 0.25}, {1, 3, 0.375}}, {"the law", {}}, false};
  plot.over.points = {{0.5, 0.3}, {2, 0.35}};
  return plot;
}

TEST(PlotPoints, AreTheBarsAndTheLineOverThem) {
  auto const points = points_of(two_bars());
  ASSERT_EQ(points.size(), 4u);
  EXPECT_EQ(points[1].series, "the data");
  EXPECT_FALSE(points[1].x);
  EXPECT_EQ(points[1].x_from, 1);
  EXPECT_EQ(points[1].x_to, 3);
  EXPECT_EQ(points[1].y, 0.375);
  EXPECT_EQ(points[3].series, "the law");
  EXPECT_EQ(points[3].x, 2);
  EXPECT_EQ(points[3].y, 0.35);
}

TEST(PlotPoints, AreIntervalsWithTheirNames) {
  IntervalPlot plot;
  plot.rows.push_back({.label = "slope",
                       .estimate = 2,
                       .lower = 1,
                       .upper = unknown,
                       .region_lower = {},
                       .region_upper = {},
                       .detail = ", HC3"});
  auto const points = points_of(plot);
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].label, "slope, HC3");
  EXPECT_EQ(points[0].x, 2);
  EXPECT_EQ(points[0].x_from, 1);
  EXPECT_FALSE(points[0].x_to) << "an end that was not found";
  EXPECT_FALSE(points[0].y);
}

TEST(PlotPoints, AreTheIntervalsOfCurves) {
  CurvePlot plot;
  plot.curves.push_back({.label = "Wald", .points = {{10, 93, 92, 94}, {20, 94, 93, 95}}, .slope = {}});
  auto const points = points_of(plot);
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points[1].series, "Wald");
  EXPECT_EQ(points[1].x, 20);
  EXPECT_EQ(points[1].y_from, 93);
  EXPECT_EQ(points[1].y_to, 95);
}

/// Rows are numbered as a spreadsheet does: the header is 1.
TEST(KeptPoints, SayWhichRowsAFigureWasDrawnFrom) {
  std::vector<Figure> figures(3);
  figures[0].title = "first";
  figures[0].points = points_of(two_bars());
  figures[1].title = "of a table of the run";
  figures[1].data = "7-9";
  figures[2].title = "last";
  figures[2].points = points_of("rows", {{1, 2}});
  std::vector<PicturePoint> table;
  keep_points(figures, table);
  EXPECT_EQ(figures[0].file, "points.csv");
  EXPECT_EQ(figures[0].data, "2-5");
  EXPECT_EQ(figures[1].data, "7-9");
  EXPECT_TRUE(figures[1].file.empty());
  EXPECT_EQ(figures[2].data, "6");
  ASSERT_EQ(table.size(), 5u);
  EXPECT_EQ(table[0].picture, "first");
  EXPECT_EQ(table[4].picture, "last");
}

TEST(Inks, OfUnknownMethodsAreThoseOfNoVerdict) {
  InkChoice inks;
  std::vector<Ink> given;
  for (std::string const name : {"ols", "wls", "huber", "lasso", "ridge"}) given.push_back(inks.of(name));
  for (auto const verdict : {Ink::blue, Ink::orange, Ink::purple, Ink::red, Ink::grey})
    EXPECT_EQ(std::ranges::count(given, verdict), 0) << static_cast<int>(verdict);
  std::ranges::sort(given);
  EXPECT_EQ(std::ranges::adjacent_find(given), given.end()) << "each has its own";
  for (int k = 0; k < 20; ++k) EXPECT_NE(inks.of("method " + std::to_string(k)), Ink::red);
}

TEST(Inks, FollowFromTheName) {
  InkChoice one, other;
  other.of("mle");
  EXPECT_EQ(one.of("huber"), other.of("huber"));
  EXPECT_EQ(one.of("trimmed_mean(0.1)"), other.of("trimmed_mean"));
  EXPECT_EQ(one.of("mle"), Ink::blue);
}

}  // namespace
}  // namespace fisherlab::reports
