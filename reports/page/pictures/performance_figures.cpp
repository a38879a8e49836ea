#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "reports/page/figure_parts.hpp"
#include "reports/page/figures.hpp"
#include "reports/page/pictures/inks.hpp"
#include "reports/page/plots.hpp"

namespace fisherlab::reports {

std::vector<Figure> efficiency_figures(std::span<PerformanceRow const* const> rows) {
  std::vector<PerformanceRow const*> known, largest;
  for (auto const* row : rows)
    if (row->efficiency && std::isfinite(*row->efficiency)) known.push_back(row);
  if (known.empty()) return {};
  IntervalPlot plot{.axis = "Cramer-Rao bound / variance", .axis_from = 0, .axis_to = 1.1, .reference = 1, .rows = {}};
  CurvePlot growth{
      .x_axis = "n", .y_axis = "efficiency", .log_y = false, .reference = 1, .y_from = {}, .y_to = {}, .curves = {}};
  std::string alternative, over_n;
  double highest = 1.05;
  InkChoice inks;
  std::map<std::string, std::size_t> drawn;  // components of each estimator
  for (auto const& [key, points] : grouped(std::span<PerformanceRow const* const>(known),
                                           [](auto const& r) { return std::tuple(r.component, r.estimator); })) {
    std::map<std::int64_t, CurvePoint> by_size;
    for (auto const* r : points)
      by_size.try_emplace(
          r->n, CurvePoint{static_cast<double>(r->n), *r->efficiency, r->efficiency_lower.value_or(*r->efficiency),
                           r->efficiency_upper.value_or(*r->efficiency)});
    auto const& [component, estimator] = key;
    auto const name = fmt::format("{} of {}", estimator, component);
    auto const& [n, last] = *by_size.rbegin();
    auto const ink = inks.of(estimator);
    int const symbol = symbol_of_curve(drawn[estimator]++);
    plot.rows.push_back({.label = fmt::format("{}, n = {}", name, n),
                         .estimate = last.y,
                         .lower = last.lower,
                         .upper = last.upper,
                         .region_lower = {},
                         .region_upper = {},
                         .ink = ink,
                         .symbol = symbol});
    alternative += fmt::format("{}, n = {}: {} {}. ", name, n, short_text(last.y), range_text(last.lower, last.upper));
    if (std::isfinite(last.upper)) highest = std::max(highest, std::min(last.upper, 3.0));
    if (by_size.size() < 2 || growth.curves.size() == most_curves) continue;
    Curve curve{.label = name, .points = {}, .slope = {}, .ink = ink, .symbol = symbol};
    over_n += name + ": ";
    for (auto const& [size, point] : by_size) {
      curve.points.push_back(point);
      over_n += fmt::format("n = {}: {}; ", size, short_text(point.y));
    }
    growth.curves.push_back(std::move(curve));
  }
  plot.axis_to = highest * 1.05;
  auto const all = plot.rows.size();
  if (all > most_rows) plot.rows.resize(most_rows);
  auto const& model = rows.front()->model;
  std::string caption =
      "Each estimator at its largest n. The line at 1 is the bound: no unbiased estimator goes past it, one with bias "
      "may. Maximum likelihood is blue, its rivals have other colours. An estimator at 0.5 needs twice the data.";
  if (all > most_rows) caption += fmt::format(" Shown are the first {} of {}.", most_rows, all);
  std::vector<Figure> figures{
      {interval_script(plot), "Efficiency", caption, alternative, model, {known.begin(), known.end()}}};
  if (!growth.curves.empty())
    figures.push_back({curve_script(growth),
                       "Efficiency against n",
                       "The line at 1 is the bound. What maximum likelihood loses at a small n is bias and skewness; a "
                       "curve that levels off below 1 belongs to an estimator that never reaches the bound.",
                       over_n,
                       model,
                       {known.begin(), known.end()}});
  return figures;
}

std::vector<Figure> bias_figures(std::span<PerformanceRow const* const> rows) {
  CurvePlot plot{.x_axis = "n",
                 .y_axis = "bias / standard error",
                 .log_y = false,
                 .reference = 0,
                 .y_from = {},
                 .y_to = {},
                 .curves = {}};
  std::string alternative;
  if (rows.empty()) return {};
  InkChoice inks;
  std::map<std::string, std::size_t> drawn;
  for (auto const& [key, points] : grouped(rows, [](auto const& r) { return std::pair(r.estimator, r.component); })) {
    auto const name = key.first + " of " + key.second;
    std::map<std::int64_t, CurvePoint> by_size;
    for (auto const* p : points) {
      double const unit = p->emp_se.value, value = p->bias.value / unit, error = 1.96 * p->bias.mcse / unit;
      if (unit > 0 && std::isfinite(value))
        by_size.try_emplace(p->n, CurvePoint{static_cast<double>(p->n), value, value - error, value + error});
    }
    if (by_size.size() < 2 || plot.curves.size() == most_curves) continue;
    Curve curve{.label = name,
                .points = {},
                .slope = {},
                .ink = inks.of(key.first),
                .symbol = symbol_of_curve(drawn[key.first]++)};
    alternative += name + ": ";
    for (auto const& [n, point] : by_size) {
      curve.points.push_back(point);
      alternative += fmt::format("n = {}: {}; ", n, short_text(point.y));
    }
    plot.curves.push_back(std::move(curve));
  }
  if (plot.curves.empty()) return {};
  return {{curve_script(plot),
           "Bias against n",
           "Bias in units of the standard error of the estimate, with 95 % Monte Carlo intervals; the line at 0 is an "
           "unbiased estimator. Below a tenth it does little to an interval; near 1 it ruins it.",
           alternative,
           rows.front()->model,
           {rows.begin(), rows.end()}}};
}

std::vector<Figure> coverage_figures(std::span<PerformanceRow const* const> rows, double level) {
  std::vector<PerformanceRow const*> covered;
  for (auto const* row : rows)
    if (row->coverage) covered.push_back(row);
  if (covered.empty()) return {};
  CurvePlot plot{
      .x_axis = "n", .y_axis = "coverage", .log_y = false, .reference = level, .y_from = {}, .y_to = {}, .curves = {}};
  std::string alternative;
  InkChoice inks;
  std::map<std::string, std::size_t> drawn;
  for (auto const& [key, points] : grouped(std::span<PerformanceRow const* const>(covered),
                                           [](auto const& r) { return std::pair(r.estimator, r.component); })) {
    std::map<std::int64_t, CurvePoint> by_size;
    for (auto const* p : points)
      by_size.try_emplace(
          p->n, CurvePoint{static_cast<double>(p->n), p->coverage->value, p->coverage->value - 2 * p->coverage->mcse,
                           p->coverage->value + 2 * p->coverage->mcse});
    if (by_size.size() < 2 || plot.curves.size() == most_curves) continue;
    Curve curve{.label = key.first + " of " + key.second,
                .points = {},
                .slope = {},
                .ink = inks.of(key.first),
                .symbol = symbol_of_curve(drawn[key.first]++)};
    alternative += curve.label + ": ";
    for (auto const& [n, point] : by_size) {
      curve.points.push_back(point);
      alternative += fmt::format("n = {}: {}; ", n, short_text(point.y));
    }
    plot.curves.push_back(std::move(curve));
  }
  if (plot.curves.empty()) return {};
  return {
      {curve_script(plot),
       "Coverage of Wald intervals",
       fmt::format(
           "Share of the {} % Wald intervals that hold the truth, plus and minus two Monte Carlo standard errors; the "
           "line is their level. A curve that comes up to the line as n grows is what the theory promises; how far "
           "below it starts is what it costs to trust it at a small n.",
           rounded_text(100 * level, 6)),
       alternative,
       rows.front()->model,
       {covered.begin(), covered.end()}}};
}

}  // namespace fisherlab::reports
