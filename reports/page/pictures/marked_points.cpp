#include "reports/page/pictures/marked_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {

std::string marked_script(MarkedPlot plot) {
  std::erase_if(plot.points, [](MarkedPoint const& p) { return !std::isfinite(p.x) || !std::isfinite(p.y); });
  std::ranges::stable_sort(plot.points, std::ranges::greater(), &MarkedPoint::y);
  auto script = plot_frame(340) + axis_label('x', plot.x_axis) + axis_label('y', plot.y_axis) + "unset key\n";
  script += "set offsets graph 0.03, graph 0.12, graph 0.08, graph 0.03\n$p << EOD\n";
  for (auto const& p : plot.points) script += fmt::format("{} {}\n", plot_number(p.x), plot_number(p.y));
  script += "EOD\n";
  for (std::size_t k = 0; k < std::min(plot.named, plot.points.size()); ++k) {
    auto const& p = plot.points[k];
    script += fmt::format("set label {} at {}, {} left offset 0.8,0.2 textcolor {} front\n", gnuplot_quoted(p.name),
                          plot_number(p.x), plot_number(p.y), colour(Ink::text));
  }
  return script +
         fmt::format("plot {} using 1:2 with points pt 7 ps 0.6 lc {}\n", plot.points.empty() ? "'-'" : "$p",
                     colour(Ink::blue)) +
         (plot.points.empty() ? "0 0\ne\n" : "");
}

}  // namespace fisherlab::reports
