#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reports/page/figures.hpp"

namespace fisherlab::reports {
namespace {

/// Shape and rate of gamma at two n by so many estimators.
std::vector<PerformanceRow> rows_of(int estimators) {
  std::vector<PerformanceRow> rows;
  for (int k = 0; k < estimators; ++k)
    for (std::string const component : {"shape", "rate"})
      for (std::int64_t const n : {20, 80}) {
        PerformanceRow row;
        row.model = "gamma";
        row.n = n;
        row.estimator = "method_" + std::to_string(k + 1);
        row.component = component;
        row.bias = {component == "shape" ? 0.5 : 0.1, 0.01};
        row.emp_se = {1, 0.01};
        row.coverage = Estimated{0.9 + 0.001 * k, 0.002};
        rows.push_back(row);
      }
  return rows;
}

std::vector<PerformanceRow const*> pointers(std::vector<PerformanceRow> const& rows) {
  std::vector<PerformanceRow const*> result;
  for (auto const& row : rows) result.push_back(&row);
  return result;
}

std::string y_range(Figure const& figure) {
  auto const at = figure.script.find("set yrange");
  return figure.script.substr(at, figure.script.find('\n', at) - at);
}

TEST(PerformanceFigures, ShowAllEstimatorsInOnePictureWhereTheyFit) {
  auto const rows = rows_of(2);
  auto const figures = bias_figures(pointers(rows));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].title, "Bias against n");
  EXPECT_NE(figures[0].alternative.find("method_2 of rate: n = 20: 0.1; n = 80: 0.1; "), std::string::npos);
}

TEST(PerformanceFigures, AreOnePictureAComponentOnOneScaleWhereTheyDoNot) {
  auto const rows = rows_of(3);
  for (auto const& figures : {bias_figures(pointers(rows)), coverage_figures(pointers(rows), 0.95)}) {
    ASSERT_EQ(figures.size(), 2u);
    EXPECT_NE(figures[0].title.find(": shape"), std::string::npos) << figures[0].title;
    EXPECT_NE(figures[1].title.find(": rate"), std::string::npos) << figures[1].title;
    EXPECT_EQ(y_range(figures[0]), y_range(figures[1]));
    for (auto const& figure : figures) {
      EXPECT_NE(figure.alternative.find("method_3: n = 20: "), std::string::npos) << "none is left out";
      EXPECT_EQ(figure.rows.size(), 6u);
    }
  }
}

TEST(PerformanceFigures, SayWhatTheyLeaveOut) {
  auto const rows = rows_of(7);
  auto const figures = bias_figures(pointers(rows));
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_NE(figures[0].caption.find("Shown are the first 6 of 7."), std::string::npos) << figures[0].caption;
  EXPECT_TRUE(bias_figures({}).empty());
}

}  // namespace
}  // namespace fisherlab::reports
