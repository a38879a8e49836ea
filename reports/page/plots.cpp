#include "reports/page/plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "reports/page/axes/end_labels.hpp"
#include "reports/page/axes/ticks.hpp"
#include "reports/page/gnuplot.hpp"
#include "reports/page/pictures/inks.hpp"
#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {
namespace {

std::string number(double value) { return plot_number(value); }

/// Room for all that is finite (and positive, on a logarithmic axis), with a margin.
PlotRange y_range(CurvePlot const& plot) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  auto const see = [&](double y) {
    if (!std::isfinite(y) || (plot.log_y && y <= 0)) return;
    low = std::min(low, y);
    high = std::max(high, y);
  };
  for (auto const& curve : plot.curves)
    for (auto const& p : curve.points)
      for (double const y : {p.y, p.lower, p.upper}) see(y);
  for (auto const& guide : plot.guides)
    for (auto const& [x, y] : guide) see(y);
  if (plot.reference) see(*plot.reference);
  if (!(low <= high)) return plot.log_y ? PlotRange{0.1, 1} : PlotRange{0, 1};
  if (plot.log_y) return {low / 1.5, high * 1.5};
  double const room = high > low ? 0.08 * (high - low) : std::max(0.01, 0.1 * std::abs(high));
  return {plot.y_from.value_or(low - room), plot.y_to.value_or(high + room)};
}

std::string fitted_line(Curve const& curve, int index, std::string& plots, Ink ink) {
  double log_x = 0, log_y = 0, first = INFINITY, last = 0;
  int count = 0;
  for (auto const& p : curve.points) {
    if (!(p.y > 0)) continue;
    ++count;
    log_x += std::log(p.x);
    log_y += std::log(p.y);
    first = std::min(first, p.x);
    last = std::max(last, p.x);
  }
  if (count < 2 || !std::isfinite(*curve.slope)) return {};
  auto const at = [&](double x) { return std::exp(log_y / count + *curve.slope * (std::log(x) - log_x / count)); };
  plots += fmt::format(", $f{} using 1:2 with lines dashtype 2 lw 1.5 lc {} notitle", index, colour(ink));
  return fmt::format("$f{} << EOD\n{} {}\n{} {}\nEOD\n", index, number(first), number(at(first)), number(last),
                     number(at(last)));
}

/// The x axis: ticks at the sizes, or at round numbers where x is measured.
std::string x_script(CurvePlot const& plot, std::set<double> const& values) {
  double const least = *values.begin(), largest = *values.rbegin();
  if (!plot.log_x) {
    double const room = largest > least ? 0.05 * (largest - least) : 1;
    return fmt::format("set xrange [{}:{}]\n", number(least - room), number(largest + room)) +
           even_tics('x', {least - room, largest + room});
  }
  double const beside = values.size() == 1 ? 2.3 : std::max(1.15, std::pow(largest / least, 0.05));
  return fmt::format("set logscale x\nset xrange [{}:{}]\n", number(least / beside), number(largest * beside)) +
         (plot.joined ? value_tics(values) : log_tics('x', least / beside, largest * beside));
}

/// The label and its detail, in as many lines as they take.
std::vector<std::string> row_names(IntervalRow const& row) {
  return wrapped(printable(row.label + row.detail), letters_across);
}

/// Where a row of a plot of intervals stands; a line of its name takes less than its interval.
struct RowPlace {
  double base = 0;
  std::vector<std::string> names;
};
constexpr double name_height = 0.45, interval_height = 0.55;

/// The places from top to bottom, and the height of them all.
std::pair<std::vector<RowPlace>, double> row_places(std::vector<IntervalRow> const& rows) {
  std::vector<RowPlace> places;
  double height = 0;
  for (auto const& row : rows) {
    places.push_back({0, row_names(row)});
    height += interval_height + name_height * static_cast<double>(places.back().names.size());
  }
  double base = height;
  for (auto& place : places) {
    base -= interval_height + name_height * static_cast<double>(place.names.size());
    place.base = base;
  }
  return {std::move(places), height};
}

std::string names_script(RowPlace const& place) {
  std::string script;
  for (std::size_t j = 0; j < place.names.size(); ++j)
    script += fmt::format(
        "set label {} at graph 0.01, first {} left textcolor {} front\n", gnuplot_quoted(place.names[j]),
        number(place.base + 0.72 + name_height * static_cast<double>(place.names.size() - 1 - j)), colour(Ink::text));
  return script;
}

}  // namespace

std::string interval_script(IntervalPlot const& plot) {
  int const rows = static_cast<int>(plot.rows.size());
  auto const [places, height] = row_places(plot.rows);
  std::string script = plot_frame(64 + static_cast<int>(std::lround(34 * height)));
  script += fmt::format(
      "set lmargin 3\nset rmargin 3\nset tmargin 0.4\nset bmargin 3\nset border 1\nunset ytics\nunset grid\n");
  script += fmt::format("set xrange [{}:{}]\nset yrange [0:{}]\n", number(plot.axis_from), number(plot.axis_to),
                        number(height));
  script += axis_label('x', plot.axis);
  std::string drawings;
  auto const inside = [&](double x) { return std::clamp(x, plot.axis_from, plot.axis_to); };
  for (int i = 0; i < rows; ++i) {
    auto const& row = plot.rows[static_cast<std::size_t>(i)];
    auto const& place = places[static_cast<std::size_t>(i)];
    double const base = place.base, y = base + 0.28;
    script += names_script(place);
    if (row.has_region)
      script += fmt::format("set object rectangle from {}, {} to {}, {} fc {} fs solid noborder behind\n",
                            number(inside(row.region_lower.value_or(plot.axis_from))), number(base + 0.08),
                            number(inside(row.region_upper.value_or(plot.axis_to))), number(base + 0.48),
                            colour(Ink::region));
    if (plot.reference)  // a piece for each row, so that it does not run through the names
      script += fmt::format("set arrow from {0}, {1} to {0}, {2} nohead lc {3} lw 1.2 back\n", number(*plot.reference),
                            number(base + 0.04), number(base + 0.52), colour(Ink::faint));
    if (std::isnan(row.estimate)) continue;
    double const lower = std::isnan(row.lower) ? row.estimate : row.lower;
    double const upper = std::isnan(row.upper) ? row.estimate : row.upper;
    // One that is narrower than its symbol would only fray it.
    if (inside(upper) - inside(lower) > 0.02 * (plot.axis_to - plot.axis_from))
      script += fmt::format("set arrow from {}, {} to {}, {} heads size screen 0.008,90 lc {} lw 2\n",
                            number(inside(lower)), number(y), number(inside(upper)), number(y), colour(row.ink));
    double const x = inside(row.estimate);
    if (x == row.estimate) {
      drawings += fmt::format("{}'-' using 1:2 with points pt {} ps 0.75 lc {} notitle", drawings.empty() ? "" : ", ",
                              row.symbol, colour(row.ink));
      continue;
    }
    double const tail = x + (x > row.estimate ? 1 : -1) * 0.05 * (plot.axis_to - plot.axis_from);
    script += fmt::format("set arrow from {}, {} to {}, {} head filled size screen 0.02,25 lc {} lw 2\n", number(tail),
                          number(y), number(x), number(y), colour(row.ink));
  }
  script += "plot " + (drawings.empty() ? std::string("-1 notitle") : drawings) + "\n";
  for (int i = 0; i < rows; ++i) {
    auto const& row = plot.rows[static_cast<std::size_t>(i)];
    if (!std::isnan(row.estimate) && inside(row.estimate) == row.estimate)
      script +=
          fmt::format("{} {}\ne\n", number(row.estimate), number(places[static_cast<std::size_t>(i)].base + 0.28));
  }
  return script;
}

void stand_apart(std::vector<Curve>& curves) {
  double least = INFINITY, largest = 1;
  for (auto const& curve : curves)
    for (auto const& p : curve.points) {
      least = std::min(least, p.x);
      largest = std::max(largest, p.x);
    }
  for (std::size_t i = 0; i < curves.size(); ++i)
    curves[i].dodge =
        std::pow(largest / least, 0.012 * (static_cast<double>(i) - 0.5 * static_cast<double>(curves.size() - 1)));
}

Ink ink_of(Curve const& curve, std::size_t place) {
  static constexpr std::array inks{Ink::blue, Ink::orange, Ink::green, Ink::purple, Ink::indigo, Ink::brown};
  return curve.ink.value_or(known_ink(curve.label).value_or(inks[place % inks.size()]));
}

std::string curve_script(CurvePlot const& plot) {
  static constexpr std::array symbols{7, 5, 9, 13, 11, 7};
  std::set<double> values;
  for (auto const& curve : plot.curves)
    for (auto const& p : curve.points) values.insert(p.x);
  if (values.empty()) values.insert(1);
  auto const keys =
      std::count_if(plot.curves.begin(), plot.curves.end(), [](auto const& c) { return !c.label.empty(); });
  auto const [from, to] = y_range(plot);

  EndLabels const labels(plot.curves, {from, to}, plot.log_y);
  std::string script = plot_frame(308 + (labels.fit() ? 0 : 19 * static_cast<int>(keys)));
  script += labels.fit() ? labels.script(plot.curves) : key_below(1);
  script += axis_label('x', plot.x_axis) + axis_label('y', plot.y_axis);
  script += x_script(plot, values);
  if (plot.log_y) script += "set logscale y\n" + log_tics('y', from, to);
  script += fmt::format("set yrange [{}:{}]\n", number(from), number(to));
  if (plot.reference)
    script += fmt::format("set arrow from graph 0, first {0} to graph 1, first {0} nohead lc {1} lw 1.2 back\n",
                          number(*plot.reference), colour(Ink::faint));
  std::string plots;
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    auto const& curve = plot.curves[i];
    auto const ink = ink_of(curve, i);
    int const symbol = curve.symbol > 0 ? curve.symbol : symbols[i % symbols.size()];
    auto const drawn = [&](CurvePoint const& p) { return std::isfinite(p.y) && (!plot.log_y || p.y > 0); };
    if (std::none_of(curve.points.begin(), curve.points.end(), drawn)) continue;
    script += fmt::format("$d{} << EOD\n", i);
    for (auto const& p : curve.points) {
      if (!drawn(p)) continue;
      script += fmt::format("{} {} {} {}\n", number(curve.dodge * p.x), number(p.y),
                            number(std::max(p.lower, plot.log_y ? from : p.lower)), number(p.upper));
    }
    script += "EOD\n";
    auto const title = curve.label.empty() || labels.fit()
                           ? std::string("notitle")
                           : "title " + gnuplot_quoted(clipped(printable(curve.label), letters_across - 16));
    plots += fmt::format("{}$d{} using 1:2:3:4 with yerrorbars pt {} ps 0.75 lw 1.5 lc {} {}",
                         plots.empty() ? "" : ", ", i, symbol, colour(ink), title);
    if (curve.slope)
      script += fitted_line(curve, static_cast<int>(i), plots, ink);
    else if (plot.joined)
      plots += fmt::format(", $d{} using 1:2 with lines lw 1 lc {} notitle", i, colour(ink));
  }
  for (std::size_t i = 0; i < plot.guides.size(); ++i) {
    script += fmt::format("$g{} << EOD\n", i);
    for (auto const& [x, y] : plot.guides[i]) script += fmt::format("{} {}\n", number(x), number(y));
    script += "EOD\n";
    plots += fmt::format(", $g{} using 1:2 with lines dashtype 2 lw 1.5 lc {} notitle", i, colour(Ink::text));
  }
  return script + "plot " + (plots.empty() ? number(10 * to + 1) + " notitle" : plots) + "\n";
}

}  // namespace fisherlab::reports
