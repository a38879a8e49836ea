#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "findings/calibration.hpp"
#include "findings/finding.hpp"
#include "findings/performance.hpp"
#include "findings/picture_point.hpp"

namespace fisherlab::reports {

/// A picture to be drawn, with what stands under it and what is read out in its place.
struct Figure {
  std::string script;                  ///< for gnuplot
  std::string title;                   ///< above the picture
  std::string caption;                 ///< says what to see
  std::string alternative;             ///< the numbers of the picture in words
  std::string model;                   ///< empty when it shows several
  std::vector<void const*> rows = {};  ///< what it was drawn from; `name_data` makes `data` of it
  std::string file = {};               ///< of the run's folder that holds these rows
  std::string data = {};               ///< their numbers in that file, the header is 1: "13-19;40"
  /// What is drawn, where no table of the run holds it; `keep_points` makes rows of `points.csv` of it.
  std::vector<PicturePoint> points = {};
};

/// "13-19;40" of the numbers of rows, in the way of RFC 7111.
std::string rows_text(std::vector<std::size_t> numbers);

/// Says of each figure which rows of `file` it was drawn from, which are those of `all`.
template <class Rows>
void name_data(std::vector<Figure>& figures, Rows const& all, std::string_view file) {
  using Row = std::remove_cvref_t<decltype(*all.data())>;
  for (auto& figure : figures) {
    std::vector<std::size_t> numbers;
    for (auto const* row : figure.rows)
      numbers.push_back(static_cast<std::size_t>(static_cast<Row const*>(row) - all.data()) + 2);
    if (numbers.empty()) continue;
    figure.file = file;
    figure.data = rows_text(std::move(numbers));
  }
}

/// The figure with what is drawn in it.
Figure with_points(Figure figure, std::vector<PicturePoint> points);

/// Adds the points of the figures to those that `points.csv` will hold, and says of each figure which rows are its own.
void keep_points(std::vector<Figure>& figures, std::vector<PicturePoint>& table);

/// Discrepancy against n on log-log axes with the fitted rate, one picture for each model and statistic of the claim.
std::vector<Figure> convergence_figures(std::span<ConvergenceRow const* const> rows);

/// Efficiency of every estimator of a scenario against the Cramer-Rao bound.
std::vector<Figure> efficiency_figures(std::span<PerformanceRow const* const> rows);

/// Bias of every estimator of a scenario over its standard error, against n.
std::vector<Figure> bias_figures(std::span<PerformanceRow const* const> rows);

/// Coverage of the Wald intervals of a scenario against n, with bands of two Monte Carlo standard errors and a line at
/// their nominal level.
std::vector<Figure> coverage_figures(std::span<PerformanceRow const* const> rows, double level = 0.95);

/// Share of runs that refute a planted defect against its size, one picture for each claim and kind of defect; with the
/// rows of `calibration.csv` that each shows.
std::vector<Figure> power_figures(std::span<CalibrationRow const> rows);

}  // namespace fisherlab::reports
