#pragma once

#include <string>
#include <utility>
#include <vector>

#include "findings/picture_point.hpp"
#include "reports/page/diagnosis_plots.hpp"
#include "reports/page/pictures/marked_points.hpp"
#include "reports/page/plots.hpp"

namespace fisherlab::reports {

// What a plot draws, as rows of points.csv: each point of it, in the order of drawing.

std::vector<PicturePoint> points_of(BarPlot const& plot);
std::vector<PicturePoint> points_of(std::vector<QuantileMark> const& marks);
std::vector<PicturePoint> points_of(SurvivalPlot const& plot);
std::vector<PicturePoint> points_of(ProfilePlot const& plot);
std::vector<PicturePoint> points_of(CurvePlot const& plot);
std::vector<PicturePoint> points_of(IntervalPlot const& plot);
std::vector<PicturePoint> points_of(MarkedPlot const& plot);
/// Points (x, y) of one series.
std::vector<PicturePoint> points_of(std::string const& series, std::vector<std::pair<double, double>> const& points);

}  // namespace fisherlab::reports
