#include "reports/page/pictures/grid/grid_figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/page/axes/ticks.hpp"
#include "reports/page/pictures/grid/factors.hpp"
#include "reports/page/pictures/marked_points.hpp"
#include "reports/page/pictures/picture_figures.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

bool contains(std::string const& text, std::string const& word) { return text.find(word) != std::string::npos; }

/// Two estimators at shape 1 and 2.5, rate 1 and 10 and 9, and n 10 and 40; the coverage of the k-th row is .9 +
/// k/1000.
std::vector<PerformanceRow> factorial_rows() {
  std::vector<PerformanceRow> rows;
  for (auto const* shape : {"2.5", "1"})
    for (auto const* rate : {"10", "9", "1"})
      for (std::int64_t const n : {40, 10})
        for (auto const* estimator : {"mle", "moments"}) {
          auto row = test::sample_performance()[0];
          row.parameters = std::string("shape=") + shape + ";rate=" + rate;
          row.n = n;
          row.estimator = estimator;
          row.component = "shape";
          row.coverage = Estimated{0.9 + 0.001 * static_cast<double>(rows.size()), 0.002};
          rows.push_back(row);
        }
  return rows;
}

std::vector<PerformanceRow const*> pointers_to(std::vector<PerformanceRow> const& rows) {
  std::vector<PerformanceRow const*> all;
  for (auto const& row : rows) all.push_back(&row);
  return all;
}

TEST(FactorialGrid, OrdersLevelsAsNumbersAndChangesNFastest) {
  auto const rows = factorial_rows();
  auto const grid = factorial_grid(pointers_to(rows));
  ASSERT_EQ(grid.factors.size(), 3u) << "the model does not vary";
  EXPECT_EQ(grid.factors[1].name, "rate");
  EXPECT_EQ(grid.factors[1].levels, (std::vector<std::string>{"1", "9", "10"}));
  EXPECT_EQ(grid.factors[2].name, "n");
  ASSERT_EQ(grid.levels.size(), 12u);
  EXPECT_EQ(grid.name_of(1), "shape = 1, rate = 1, n = 40");
  EXPECT_EQ(grid.place_of(rows[0]), 11u) << "shape 2.5, rate 10, n 40 is the last";
  EXPECT_TRUE(grid.is_factorial());
}

TEST(FactorialGrid, OfOneFactorIsNoFactorialStudy) {
  auto rows = factorial_rows();
  rows.resize(4);
  EXPECT_FALSE(factorial_grid(pointers_to(rows)).is_factorial());
  EXPECT_TRUE(nested_loop_figures(pointers_to(rows), 0.95).empty());
}

TEST(NestedLoopFigures, DrawEachMethodOverAllScenariosWithTheStepsOfTheFactors) {
  auto const rows = factorial_rows();
  auto const figures = nested_loop_figures(pointers_to(rows), 0.9);
  ASSERT_FALSE(figures.empty());
  EXPECT_EQ(figures[0].title, "Coverage over the grid: shape");
  auto const& script = figures[0].script;
  EXPECT_TRUE(contains(script, "11.5 0.9\n12.5 0.9\n")) << "the first row is that of the last scenario";
  EXPECT_TRUE(contains(script, "'rate: 1, 9, 10'"));
  EXPECT_TRUE(contains(script, "first 0.9 to graph 1, first 0.9")) << "the line is the level of the run";
  EXPECT_TRUE(contains(figures[0].alternative, "moments: shape = 1, rate = 1, n = 10: 0.923;"))
      << figures[0].alternative;
  EXPECT_EQ(figures[0].rows.size(), rows.size());
}

TEST(NestedLoopFigures, ShareTheirScaleAmongComponents) {
  auto rows = factorial_rows();
  for (auto row : factorial_rows()) {
    row.component = "rate";
    row.coverage->value -= 0.3;
    rows.push_back(row);
  }
  auto const figures = nested_loop_figures(pointers_to(rows), 0.95);
  auto const range_of = [](Figure const& figure) {
    auto const at = figure.script.find("set yrange");
    return figure.script.substr(at, figure.script.find('\n', at) - at);
  };
  EXPECT_EQ(range_of(figures[0]), range_of(figures[1]));
}

TEST(FunnelFigures, SetTheEstimatesInTheFunnelOfTheBound) {
  std::vector<PerformanceRow> rows;
  for (std::int64_t const n : {25, 100}) {
    auto row = test::sample_performance()[0];
    row.n = n;
    row.truth = 2;
    row.bias = {0.5, 0.01};
    row.emp_se = {3.0 / static_cast<double>(n), 0.01};
    row.bound = 1.0 / static_cast<double>(n);
    rows.push_back(row);
  }
  auto const figures = funnel_figures(pointers_to(rows));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_TRUE(contains(figures[0].script, "25 1.608\n100 1.804\n")) << "2 - 1.96/5 and 2 - 1.96/10\n"
                                                                    << figures[0].script;
  EXPECT_TRUE(contains(figures[0].alternative, "n = 25: 2.5 [2.26, 2.74]")) << figures[0].alternative;
  for (auto& row : rows) row.bound.reset();
  EXPECT_TRUE(funnel_figures(pointers_to(rows)).empty());
}

TEST(ForestFigures, HaveARowForEachMethodAndScenario) {
  auto const rows = factorial_rows();
  auto const figures = forest_figures(pointers_to(rows));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_TRUE(contains(figures[0].script, "'mle, shape = 2.5, rate = 10, n = 40'"));
  EXPECT_EQ(bias_against_se_figures(pointers_to(rows)).size(), 1u);
}

TEST(ProfileFigures, DrawTheRiskAgainstHAndLeaveTheRestToConvergence) {
  std::vector<ConvergenceRow> rows;
  for (double const h : {-2.0, 0.0, 2.0})
    for (auto const* name : {"mle", "hodges"}) {
      ConvergenceRow row;
      row.claim = "local-minimax";
      row.model = "normal_mean";
      row.statistic = "n I E(t - theta)^2 at h = " + std::to_string(static_cast<int>(h)) + ", " + name;
      row.n = 100;
      row.discrepancy = row.lower = row.upper = 1 + h * h;
      rows.push_back(row);
    }
  std::vector<ConvergenceRow const*> all;
  for (auto const& row : rows) all.push_back(&row);
  auto const figures = profile_figures(all);
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_FALSE(contains(figures[0].script, "logscale x"));
  EXPECT_TRUE(contains(figures[0].script, "-2 5 5 5\n0 1 1 1\n2 5 5 5\n"));
  rows[0].statistic = "rate of decay, mle";
  EXPECT_FALSE(is_of_profile(rows[0]));
}

TEST(EvenTics, AreRoundNumbersWithinTheRange) {
  auto const near = even_tics('y', {0.938, 0.982});
  EXPECT_TRUE(near.starts_with("set ytics ('0.94' ")) << near;
  EXPECT_EQ(std::ranges::count(near, ','), 4) << near;
  EXPECT_EQ(even_tics('x', {1, 30}), "set xtics ('5' 5, '10' 10, '15' 15, '20' 20, '25' 25, '30' 30)\n");
}

TEST(MarkedPoints, NameTheHighestWithoutWritingOneNameOverAnother) {
  MarkedPlot plot{.x_axis = "leverage", .y_axis = "Cook's distance", .points = {}};
  for (int k = 0; k < 5; ++k) plot.points.push_back({0.1 * k, 0.1 * k, std::to_string(k + 1)});
  plot.points.push_back({0.4, 0.4, "6"});  // where the fifth stands
  auto const script = marked_script(plot);
  EXPECT_TRUE(contains(script, "set label '5' at 0.4, 0.4 left"));
  EXPECT_TRUE(contains(script, "set label '6' at 0.4, 0.4 right"));
  EXPECT_TRUE(contains(script, "set label '1' at 0, 0 "));
  EXPECT_TRUE(contains(script, "set yrange [0:*]"));
}

}  // namespace
}  // namespace fisherlab::reports
