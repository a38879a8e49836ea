#include "reports/page/pictures/grid/grid_figures.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "reports/page/figure_parts.hpp"
#include "reports/page/pictures/grid/factors.hpp"
#include "reports/page/pictures/grid/nested_loop.hpp"
#include "reports/page/pictures/inks.hpp"
#include "reports/page/sections/row_labels.hpp"

namespace fisherlab::reports {
namespace {

using Row = PerformanceRow const*;
using Rows = std::span<Row const>;

/// A measure that is drawn over a grid.
struct Measure {
  char const* title;
  char const* axis;
  double (*value)(PerformanceRow const&);
  std::optional<double> reference;
  char const* advice;
};

double nan() { return std::numeric_limits<double>::quiet_NaN(); }

std::array<Measure, 3> measures(double level) {
  return {{{"Coverage", "coverage", [](PerformanceRow const& r) { return r.coverage ? r.coverage->value : nan(); },
            level, "The line is the level of the intervals."},
           {"Bias", "bias / standard error",
            [](PerformanceRow const& r) { return r.emp_se.value > 0 ? r.bias.value / r.emp_se.value : nan(); }, 0.0,
            "In units of the standard deviation of the estimates; the line at 0 is no bias."},
           {"Reported standard errors", "model SE / empirical SE - 1",
            [](PerformanceRow const& r) { return r.relative_se_error ? r.relative_se_error->value : nan(); }, 0.0,
            "Below the line at 0 the fits report standard errors that are too small."}}};
}

/// Room for all values and the reference; none where there is no value.
std::optional<PlotRange> range_of(Rows rows, Measure const& measure) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (auto const* row : rows)
    if (double const y = measure.value(*row); std::isfinite(y)) {
      low = std::min(low, y);
      high = std::max(high, y);
    }
  if (!(low <= high)) return std::nullopt;
  low = std::min(low, measure.reference.value_or(low));
  high = std::max(high, measure.reference.value_or(high));
  double const room = high > low ? 0.06 * (high - low) : 0.01;
  return PlotRange{low - room, high + room};
}

std::string words_of(LoopCurve const& curve, FactorialGrid const& grid) {
  constexpr std::size_t most_told = 24;
  auto text = curve.label + ": ";
  if (curve.values.size() > most_told) {
    auto const [low, high] = std::ranges::minmax_element(curve.values, [](double a, double b) { return a < b; });
    return text + fmt::format("from {} at {} to {} at {}. ", short_text(*low),
                              grid.name_of(static_cast<std::size_t>(low - curve.values.begin())), short_text(*high),
                              grid.name_of(static_cast<std::size_t>(high - curve.values.begin())));
  }
  for (std::size_t i = 0; i < curve.values.size(); ++i)
    text += fmt::format("{}: {}; ", grid.name_of(i), short_text(curve.values[i]));
  return text;
}

Figure loop_figure(std::string const& component, std::vector<Row> const& rows, FactorialGrid const& grid,
                   Measure const& measure, PlotRange const& range) {
  NestedLoopPlot plot{measure.axis, measure.reference, range, {}};
  std::string alternative;
  InkChoice inks;
  auto const methods = grouped(Rows(rows), [](auto const& r) { return r.estimator; });
  for (auto const& [estimator, own] : methods) {
    if (plot.curves.size() == most_curves) break;
    LoopCurve curve{estimator, std::vector<double>(grid.levels.size(), nan()), inks.of(estimator)};
    for (auto const* row : own) curve.values[grid.place_of(*row)] = measure.value(*row);
    alternative += words_of(curve, grid);
    plot.curves.push_back(std::move(curve));
  }
  std::vector<std::string> factors;
  for (auto const& factor : grid.factors) factors.push_back(factor.name);
  return {nested_loop_script(plot, grid),
          fmt::format("{} over the grid: {}", measure.title, component),
          fmt::format("Nested loop plot: all {} scenarios side by side, in the order of the steps below; {} changes "
                      "slowest, {} fastest. {} A jump at a step of one factor is its effect.{}",
                      grid.levels.size(), factors.front(), factors.back(), measure.advice,
                      methods.size() > most_curves
                          ? fmt::format(" Shown are the first {} of {} methods.", most_curves, methods.size())
                          : std::string()),
          alternative,
          {},
          {rows.begin(), rows.end()}};
}

/// Rows of each component, in their order.
auto by_component(Rows rows) {
  return grouped(rows, [](auto const& r) { return r.component; });
}

}  // namespace

std::vector<Figure> nested_loop_figures(Rows rows, double level) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  for (auto const& measure : measures(level)) {
    auto const range = range_of(rows, measure);
    if (!range) continue;
    for (auto const& [component, own] : by_component(rows)) {
      auto const grid = factorial_grid(own);
      if (grid.is_factorial()) figures.push_back(loop_figure(component, own, grid, measure, *range));
    }
  }
  return figures;
}

std::vector<Figure> forest_figures(Rows rows) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  for (auto const& [component, own] : by_component(rows)) {
    auto const grid = factorial_grid(own);
    IntervalPlot plot{.axis = "bias", .axis_from = 0, .axis_to = 0, .reference = 0, .rows = {}};
    std::string alternative;
    double widest = 0;
    InkChoice inks;
    for (auto const* r : own) {
      if (plot.rows.size() == most_rows || !std::isfinite(r->bias.value)) continue;
      double const reach = std::isfinite(r->bias.mcse) ? 1.96 * r->bias.mcse : 0;
      auto const place = grid.levels.size() > 1 ? ", " + grid.name_of(grid.place_of(*r)) : std::string();
      plot.rows.push_back({.label = r->estimator + place,
                           .estimate = r->bias.value,
                           .lower = r->bias.value - reach,
                           .upper = r->bias.value + reach,
                           .region_lower = {},
                           .region_upper = {},
                           .ink = inks.of(r->estimator)});
      widest = std::max(widest, std::abs(r->bias.value) + reach);
      alternative += fmt::format("{}{}: {} {}. ", r->estimator, place, short_text(r->bias.value),
                                 range_text(r->bias.value - reach, r->bias.value + reach));
    }
    if (plot.rows.empty()) continue;
    plot.axis_to = widest > 0 ? 1.1 * widest : 1;
    plot.axis_from = -plot.axis_to;
    auto caption = std::string(
        "Mean of the estimates less the truth, with 95 % Monte Carlo intervals; one that holds 0 "
        "says that the replicates show no bias.");
    if (own.size() > plot.rows.size())
      caption += fmt::format(" Shown are the first {} of {}.", plot.rows.size(), own.size());
    figures.push_back({interval_script(plot),
                       "Forest plot of the bias: " + component,
                       caption,
                       alternative,
                       {},
                       {own.begin(), own.end()}});
  }
  return figures;
}

std::vector<Figure> bias_against_se_figures(Rows rows) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  for (auto const& [component, own] : by_component(rows)) {
    CurvePlot plot{.x_axis = "standard deviation of the estimates",
                   .y_axis = "bias",
                   .log_y = false,
                   .reference = 0,
                   .y_from = {},
                   .y_to = {},
                   .curves = {},
                   .joined = false};
    std::string alternative;
    InkChoice inks;
    std::size_t points = 0;
    for (auto const& [estimator, of_method] : grouped(Rows(own), [](auto const& r) { return r.estimator; })) {
      if (plot.curves.size() == most_curves) break;
      Curve curve{.label = estimator, .points = {}, .slope = {}, .ink = inks.of(estimator)};
      alternative += estimator + ": ";
      for (auto const* r : of_method) {
        double const reach = 1.96 * r->bias.mcse;
        if (!(r->emp_se.value > 0) || !std::isfinite(r->bias.value) || !std::isfinite(reach)) continue;
        curve.points.push_back({r->emp_se.value, r->bias.value, r->bias.value - reach, r->bias.value + reach});
        alternative += fmt::format("{} at {}; ", short_text(r->bias.value), short_text(r->emp_se.value));
      }
      points += curve.points.size();
      plot.curves.push_back(std::move(curve));
    }
    if (points < 3) continue;
    figures.push_back({curve_script(plot),
                       "Bias against standard deviation: " + component,
                       "A point for each scenario and method, with its 95 % Monte Carlo interval. To the left an "
                       "estimator is precise, on the line it is unbiased; one that buys precision with bias lies to "
                       "the left of its rivals and off the line.",
                       alternative,
                       {},
                       {own.begin(), own.end()}});
  }
  return figures;
}

std::vector<Figure> funnel_figures(Rows rows) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  constexpr double z = 1.96;
  for (auto const& [component, own] : by_component(rows)) {
    CurvePlot plot{.x_axis = "n",
                   .y_axis = component,
                   .log_y = false,
                   .reference = own.front()->truth,
                   .y_from = {},
                   .y_to = {},
                   .curves = {}};
    std::map<std::int64_t, double> bounds;
    for (auto const* r : own)
      if (r->bound && *r->bound > 0) bounds[r->n] = std::sqrt(*r->bound);
    std::string alternative = fmt::format("Truth {}. ", short_text(own.front()->truth));
    InkChoice inks;
    for (auto const& [estimator, of_method] : grouped(Rows(own), [](auto const& r) { return r.estimator; })) {
      if (plot.curves.size() == most_curves) break;
      Curve curve{.label = estimator,
                  .points = {},
                  .slope = {},
                  .ink = inks.of(estimator),
                  .symbol = symbol_of_curve(plot.curves.size())};
      std::map<std::int64_t, CurvePoint> by_size;
      for (auto const* r : of_method) {
        double const mean = r->truth + r->bias.value, reach = z * r->emp_se.value;
        if (std::isfinite(mean) && std::isfinite(reach))
          by_size.try_emplace(r->n, CurvePoint{static_cast<double>(r->n), mean, mean - reach, mean + reach});
      }
      if (by_size.size() < 2) continue;
      alternative += estimator + ": ";
      for (auto const& [n, point] : by_size) {
        curve.points.push_back(point);
        alternative += fmt::format("n = {}: {} {}; ", n, short_text(point.y), range_text(point.lower, point.upper));
      }
      plot.curves.push_back(std::move(curve));
    }
    if (plot.curves.empty() || bounds.size() < 2) continue;
    for (double const side : {-z, z}) {
      std::vector<std::pair<double, double>> line;
      for (auto const& [n, root] : bounds) line.emplace_back(static_cast<double>(n), own.front()->truth + side * root);
      plot.guides.push_back(std::move(line));
    }
    stand_apart(plot.curves);
    figures.push_back({curve_script(plot),
                       "Funnel: " + component,
                       "Mean of the estimates, and 1.96 standard deviations to either side, at each n. The dashed "
                       "funnel is the same by the Cramer-Rao bound about the truth: no unbiased estimator is narrower; "
                       "one whose bars reach past it at a large n wastes data.",
                       alternative,
                       own.front()->model,
                       {own.begin(), own.end()}});
  }
  return figures;
}

}  // namespace fisherlab::reports
