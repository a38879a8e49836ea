#include "reports/page/pictures/grid/nested_loop.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstddef>
#include <utility>

#include "base/text/display_text.hpp"
#include "reports/page/axes/end_labels.hpp"
#include "reports/page/axes/ticks.hpp"
#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {
namespace {

constexpr double band = 0.16;  ///< height of the part of a factor, of the height of the measure
constexpr std::size_t most_levels_named = 6;

/// Values as steps, each from half before its scenario to half after it.
std::string steps(std::vector<double> const& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto const at = static_cast<double>(i) + 1;
    if (std::isfinite(values[i]))
      text += fmt::format("{0} {2}\n{1} {2}\n", plot_number(at - 0.5), plot_number(at + 0.5), plot_number(values[i]));
    else
      text += "\n";
  }
  return text;
}

/// "shape: 1, 2.5, 4".
std::string levels_text(Factor const& factor) {
  if (factor.levels.size() <= most_levels_named)
    return fmt::format("{}: {}", factor.name, fmt::join(factor.levels, ", "));
  return fmt::format("{}: {}, {}, ..., {}", factor.name, factor.levels[0], factor.levels[1], factor.levels.back());
}

}  // namespace

std::string nested_loop_script(NestedLoopPlot const& plot, FactorialGrid const& grid) {
  auto const scenarios = grid.levels.size(), factors = grid.factors.size();
  double const height = plot.y.to - plot.y.from;
  double const bottom = plot.y.from - band * height * static_cast<double>(factors);
  std::vector<Curve> ends;
  for (auto const& curve : plot.curves) {
    Curve end{.label = curve.label, .points = {}, .slope = {}, .ink = curve.ink};
    for (double const y : curve.values) end.points.push_back({0, y, y, y});
    ends.push_back(std::move(end));
  }
  EndLabels const labels(ends, {bottom, plot.y.to}, false);
  std::string script =
      plot_frame(300 + 44 * static_cast<int>(factors) + (labels.fit() ? 0 : 19 * static_cast<int>(plot.curves.size())));
  script += labels.fit() ? labels.script(ends) : key_below(1);
  script += axis_label('x', "scenario") + axis_label('y', plot.y_axis);
  script += fmt::format("set xrange [0.5:{}]\nset yrange [{}:{}]\n", plot_number(static_cast<double>(scenarios) + 0.5),
                        plot_number(bottom), plot_number(plot.y.to));
  script += even_tics('y', plot.y) + even_tics('x', {1, static_cast<double>(scenarios)});
  if (plot.reference)
    script += fmt::format("set arrow from graph 0, first {0} to graph 1, first {0} nohead lc {1} lw 1.2 back\n",
                          plot_number(*plot.reference), colour(Ink::faint));
  std::string plots;
  auto const draw = [&](std::string const& name, std::string const& data, double width, Ink ink,
                        std::string const& title) {
    script += fmt::format("${} << EOD\n{}EOD\n", name, data);
    plots += fmt::format("{}${} using 1:2 with lines lw {} lc {} {}", plots.empty() ? "" : ", ", name, width,
                         colour(ink), title);
  };
  for (std::size_t f = 0; f < factors; ++f) {
    double const base = plot.y.from - band * height * (static_cast<double>(f) + 0.92);
    auto const last = static_cast<double>(grid.factors[f].levels.size() - 1);
    std::vector<double> values;
    for (auto const& levels : grid.levels)
      values.push_back(base + 0.4 * band * height * static_cast<double>(levels[f]) / last);
    draw(fmt::format("f{}", f), steps(values), 1.2, Ink::grey, "notitle");
    script += fmt::format("set label {} at graph 0.01, first {} left textcolor {} front\n",
                          gnuplot_quoted(clipped(printable(levels_text(grid.factors[f])), letters_across)),
                          plot_number(base + 0.66 * band * height), colour(Ink::text));
  }
  for (std::size_t k = 0; k < plot.curves.size(); ++k) {
    auto const& curve = plot.curves[k];
    auto const title = labels.fit() ? std::string("notitle") : "title " + gnuplot_quoted(printable(curve.label));
    draw(fmt::format("c{}", k), steps(curve.values), 2, curve.ink, title);
  }
  return script + "plot " + plots + "\n";
}

}  // namespace fisherlab::reports
