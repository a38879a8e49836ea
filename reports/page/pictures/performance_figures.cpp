#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "reports/page/figure_parts.hpp"
#include "reports/page/figures.hpp"
#include "reports/page/pictures/inks.hpp"
#include "reports/page/plots.hpp"

namespace fisherlab::reports {
namespace {

using Rows = std::vector<PerformanceRow const*>;

/// Rows that one picture of curves shows: all of them, or where these are too many curves those of one component.
struct Panel {
  std::string component;  ///< empty for all
  Rows rows;

  /// "mle of shape", or in a picture of one component "mle".
  std::string name_of(std::string const& estimator, std::string const& of) const {
    return component.empty() ? estimator + " of " + of : estimator;
  }
  std::string titled(std::string const& title) const { return component.empty() ? title : title + ": " + component; }
};

/// Curves of several components that can be told apart in one picture.
constexpr std::size_t most_together = 4;

std::vector<Panel> panels_of(Rows const& rows) {
  std::span<PerformanceRow const* const> const all(rows);
  auto const curves = grouped(all, [](auto const& r) { return std::pair(r.component, r.estimator); });
  if (curves.size() <= most_together) return {{"", rows}};
  std::vector<Panel> panels;
  for (auto& [component, own] : grouped(all, [](auto const& r) { return r.component; }))
    panels.push_back({component, own});
  if (panels.size() == 1) panels.front().component.clear();
  return panels;
}

/// What a picture that has no room for all curves says.
std::string left_out(std::size_t curves) {
  return curves > most_curves ? fmt::format(" Shown are the first {} of {}.", most_curves, curves) : std::string();
}

/// A curve over n for each estimator and component of a panel that has two n or more.
struct Curves {
  std::vector<Curve> curves;
  std::string alternative;
  std::size_t all = 0;  ///< that there would be
};

/// `point_of`: the point of a row; nothing where it has none.
template <class PointOf>
Curves curves_of(Panel const& panel, PointOf const& point_of) {
  Curves result;
  InkChoice inks;
  std::map<std::string, std::size_t> drawn;  // components of each estimator
  for (auto const& [key, points] : grouped(std::span<PerformanceRow const* const>(panel.rows),
                                           [](auto const& r) { return std::pair(r.estimator, r.component); })) {
    std::map<std::int64_t, CurvePoint> by_size;
    for (auto const* r : points)
      if (std::optional<CurvePoint> const point = point_of(*r)) by_size.try_emplace(r->n, *point);
    if (by_size.size() < 2) continue;
    auto const ink = inks.of(key.first);
    int const symbol = symbol_of_curve(panel.component.empty() ? drawn[key.first]++ : result.all);
    if (++result.all > most_curves) continue;
    Curve curve{.label = panel.name_of(key.first, key.second), .points = {}, .slope = {}, .ink = ink, .symbol = symbol};
    result.alternative += curve.label + ": ";
    for (auto const& [n, point] : by_size) {
      curve.points.push_back(point);
      result.alternative += fmt::format("n = {}: {}; ", n, short_text(point.y));
    }
    result.curves.push_back(std::move(curve));
  }
  return result;
}

CurvePoint point_at(PerformanceRow const& r, double y, double reach) {
  return {static_cast<double>(r.n), y, y - reach, y + reach};
}

/// A picture of curves over n, or one for each component, on one scale; nothing of those in which no estimator has two
/// n.
template <class PointOf>
void add_figures(Rows const& rows, CurvePlot const& frame, std::string const& title, std::string const& caption,
                 PointOf const& point_of, std::vector<Figure>& figures) {
  auto const panels = panels_of(rows);
  double low = frame.reference.value_or(INFINITY), high = frame.reference.value_or(-INFINITY);
  for (auto const* row : rows)
    if (std::optional<CurvePoint> const point = point_of(*row))
      for (double const y : {point->y, point->lower, point->upper})
        if (std::isfinite(y)) low = std::min(low, y), high = std::max(high, y);
  for (auto const& panel : panels) {
    auto drawn = curves_of(panel, point_of);
    if (drawn.curves.empty()) continue;
    auto plot = frame;
    plot.curves = std::move(drawn.curves);
    if (panels.size() > 1 && low < high) {
      plot.y_from = low - 0.06 * (high - low);
      plot.y_to = high + 0.06 * (high - low);
    }
    figures.push_back({curve_script(plot),
                       panel.titled(title),
                       caption + left_out(drawn.all),
                       drawn.alternative,
                       panel.rows.front()->model,
                       {panel.rows.begin(), panel.rows.end()}});
  }
}

CurvePlot plot_over_n(std::string const& y_axis, double reference) {
  return {
      .x_axis = "n", .y_axis = y_axis, .log_y = false, .reference = reference, .y_from = {}, .y_to = {}, .curves = {}};
}

}  // namespace

std::vector<Figure> efficiency_figures(std::span<PerformanceRow const* const> rows) {
  Rows known;
  for (auto const* row : rows)
    if (row->efficiency && std::isfinite(*row->efficiency)) known.push_back(row);
  if (known.empty()) return {};
  IntervalPlot plot{.axis = "Cramer-Rao bound / variance", .axis_from = 0, .axis_to = 1.1, .reference = 1, .rows = {}};
  std::string alternative;
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
  add_figures(
      known, plot_over_n("efficiency", 1), "Efficiency against n",
      "The line at 1 is the bound. What maximum likelihood loses at a small n is bias and skewness; a curve that "
      "levels off below 1 belongs to an estimator that never reaches the bound.",
      [](PerformanceRow const& r) -> std::optional<CurvePoint> {
        return CurvePoint{static_cast<double>(r.n), *r.efficiency, r.efficiency_lower.value_or(*r.efficiency),
                          r.efficiency_upper.value_or(*r.efficiency)};
      },
      figures);
  return figures;
}

std::vector<Figure> bias_figures(std::span<PerformanceRow const* const> rows) {
  std::vector<Figure> figures;
  add_figures(
      {rows.begin(), rows.end()}, plot_over_n("bias / standard error", 0), "Bias against n",
      "Bias in units of the standard error of the estimate, with 95 % Monte Carlo intervals; the line at 0 is an "
      "unbiased estimator. Below a tenth it does little to an interval; near 1 it ruins it.",
      [](PerformanceRow const& r) -> std::optional<CurvePoint> {
        double const unit = r.emp_se.value, value = r.bias.value / unit;
        if (!(unit > 0) || !std::isfinite(value)) return std::nullopt;
        return point_at(r, value, 1.96 * r.bias.mcse / unit);
      },
      figures);
  return figures;
}

std::vector<Figure> coverage_figures(std::span<PerformanceRow const* const> rows, double level) {
  Rows covered;
  for (auto const* row : rows)
    if (row->coverage) covered.push_back(row);
  std::vector<Figure> figures;
  auto const caption = fmt::format(
      "Share of the {} % Wald intervals that hold the truth, plus and minus two Monte Carlo standard errors; the line "
      "is their level. A curve that comes up to the line as n grows is what the theory promises; how far below it "
      "starts is what it costs to trust it at a small n.",
      rounded_text(100 * level, 6));
  add_figures(
      covered, plot_over_n("coverage", level), "Coverage of Wald intervals", caption,
      [](PerformanceRow const& r) -> std::optional<CurvePoint> {
        return point_at(r, r.coverage->value, 2 * r.coverage->mcse);
      },
      figures);
  return figures;
}

}  // namespace fisherlab::reports
