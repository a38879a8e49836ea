#include "reports/page/plot_points.hpp"

#include <cmath>
#include <optional>

namespace fisherlab::reports {
namespace {

std::optional<double> known(double x) { return std::isnan(x) ? std::nullopt : std::optional(x); }

PicturePoint point_at(std::string const& series, double x, double y) {
  PicturePoint point;
  point.series = series;
  point.x = known(x);
  point.y = known(y);
  return point;
}

PicturePoint interval_along_x(std::string const& series, IntervalRow const& row) {
  PicturePoint point;
  point.series = series;
  point.label = row.label + row.detail;
  point.x = known(row.estimate);
  point.x_from = known(row.lower);
  point.x_to = known(row.upper);
  return point;
}

PicturePoint interval_along_y(PicturePoint point, double lower, double upper) {
  point.y_from = known(lower);
  point.y_to = known(upper);
  return point;
}

}  // namespace

std::vector<PicturePoint> points_of(std::string const& series, std::vector<std::pair<double, double>> const& points) {
  std::vector<PicturePoint> rows;
  rows.reserve(points.size());
  for (auto const& [x, y] : points) rows.push_back(point_at(series, x, y));
  return rows;
}

std::vector<PicturePoint> points_of(BarPlot const& plot) {
  std::vector<PicturePoint> rows;
  for (auto const& bar : plot.bars) {
    PicturePoint point;
    point.series = plot.bars_label;
    point.x_from = bar.from;
    point.x_to = bar.to;
    point.y = bar.height;
    rows.push_back(std::move(point));
  }
  for (auto& point : points_of(plot.over.label, plot.over.points)) rows.push_back(std::move(point));
  return rows;
}

std::vector<PicturePoint> points_of(std::vector<QuantileMark> const& marks) {
  std::vector<PicturePoint> rows;
  for (auto const& m : marks)
    rows.push_back(
        interval_along_y(point_at("the data, with the band of 95 %", m.expected, m.observed), m.lower, m.upper));
  return rows;
}

std::vector<PicturePoint> points_of(SurvivalPlot const& plot) {
  std::vector<PicturePoint> rows;
  for (auto const& m : plot.marks) {
    rows.push_back(point_at("the data, " + plot.estimate, m.x, m.data));
    rows.push_back(interval_along_y(point_at(plot.law + ", with the band of 95 %", m.x, m.law), m.lower, m.upper));
  }
  return rows;
}

std::vector<PicturePoint> points_of(ProfilePlot const& plot) {
  auto rows = points_of("twice the fall of the log likelihood", plot.statistic.points);
  for (auto const& row : plot.rows) rows.push_back(interval_along_x("intervals", row));
  return rows;
}

std::vector<PicturePoint> points_of(CurvePlot const& plot) {
  std::vector<PicturePoint> rows;
  for (auto const& curve : plot.curves)
    for (auto const& p : curve.points)
      rows.push_back(interval_along_y(point_at(curve.label, p.x, p.y), p.lower, p.upper));
  return rows;
}

std::vector<PicturePoint> points_of(IntervalPlot const& plot) {
  std::vector<PicturePoint> rows;
  for (auto const& row : plot.rows) rows.push_back(interval_along_x("intervals", row));
  return rows;
}

std::vector<PicturePoint> points_of(MarkedPlot const& plot) {
  std::vector<PicturePoint> rows;
  for (auto const& p : plot.points) {
    rows.push_back(point_at("rows", p.x, p.y));
    rows.back().label = p.name;
  }
  return rows;
}

}  // namespace fisherlab::reports
