#include "reports/page/pictures/marked_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {

namespace {

/// Where a name may stand: its distance from its point in shares of the picture, and what gnuplot is told.
struct Beside {
  double dx, dy;
  char const* words;
};
constexpr auto beside = std::to_array<Beside>({{0.05, 0, "left offset 0.8,0.2"},
                                               {-0.05, 0, "right offset -0.8,0.2"},
                                               {0, 0.08, "center offset 0,0.9"},
                                               {0, -0.08, "center offset 0,-0.9"}});

}  // namespace

std::string point_names(std::vector<MarkedPoint> const& points, std::size_t most) {
  if (points.empty()) return {};
  auto const [left, right] = std::ranges::minmax(points, {}, &MarkedPoint::x);
  auto const [low, high] = std::ranges::minmax(points, {}, &MarkedPoint::y);
  double const width = std::max(right.x - left.x, 1e-300), height = std::max(high.y - low.y, 1e-300);
  struct Taken {
    double x, y;
  };
  std::vector<Taken> taken;
  auto const has_name = [&](Taken const& place) {
    return std::ranges::any_of(taken, [&](Taken const& other) {
      return std::abs(other.x - place.x) < 0.08 && std::abs(other.y - place.y) < 0.06;
    });
  };
  auto const has_point = [&](Taken const& place) {
    return std::ranges::any_of(points, [&](MarkedPoint const& other) {
      return std::abs(other.x / width - place.x) < 0.035 && std::abs(other.y / height - place.y) < 0.035;
    });
  };
  std::string script;
  for (std::size_t k = 0; k < std::min(most, points.size()); ++k) {
    auto const& p = points[k];
    auto const place_of = [&](Beside const& side) { return Taken{p.x / width + side.dx, p.y / height + side.dy}; };
    auto chosen = std::ranges::find_if(
        beside, [&](Beside const& side) { return !has_name(place_of(side)) && !has_point(place_of(side)); });
    if (chosen == beside.end())
      chosen = std::ranges::find_if(beside, [&](Beside const& side) { return !has_name(place_of(side)); });
    if (chosen == beside.end()) continue;
    taken.push_back(place_of(*chosen));
    script += fmt::format("set label {} at {}, {} {} textcolor {} front\n", gnuplot_quoted(p.name), plot_number(p.x),
                          plot_number(p.y), chosen->words, colour(Ink::text));
  }
  return script;
}

std::string marked_script(MarkedPlot plot) {
  std::erase_if(plot.points, [](MarkedPoint const& p) { return !std::isfinite(p.x) || !std::isfinite(p.y); });
  std::ranges::stable_sort(plot.points, std::ranges::greater(), &MarkedPoint::y);
  auto script = plot_frame(340) + axis_label('x', plot.x_axis) + axis_label('y', plot.y_axis) + "unset key\n";
  bool const is_positive = !plot.points.empty() && plot.points.back().y >= 0;
  bool const is_to_the_right = std::ranges::all_of(plot.points, [](MarkedPoint const& p) { return p.x >= 0; });
  script += fmt::format("set offsets graph {}, graph 0.12, graph 0.08, graph {}\n$p << EOD\n",
                        is_to_the_right ? 0 : 0.03, is_positive ? 0 : 0.03);
  for (auto const& p : plot.points) script += fmt::format("{} {}\n", plot_number(p.x), plot_number(p.y));
  script += "EOD\n";
  script += is_positive ? "set yrange [0:*]\n" : "";
  script += is_to_the_right ? "set xrange [0:*]\n" : "";
  script += point_names(plot.points, plot.named);
  return script +
         fmt::format("plot {} using 1:2 with points pt 7 ps 0.6 lc {}\n", plot.points.empty() ? "'-'" : "$p",
                     colour(Ink::blue)) +
         (plot.points.empty() ? "0 0\ne\n" : "");
}

}  // namespace fisherlab::reports
