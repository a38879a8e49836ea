#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "reports/page/figure_parts.hpp"
#include "reports/page/law_plots.hpp"
#include "reports/page/pictures/inks.hpp"
#include "reports/page/pictures/picture_figures.hpp"
#include "reports/page/plots.hpp"
#include "reports/page/sections/row_labels.hpp"

namespace fisherlab::reports {
namespace {
using Rows = std::vector<CurveRow const*>;

Rows of_quantity(std::span<CurveRow const* const> rows, Quantity quantity) {
  Rows chosen;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(chosen), [&](auto r) { return r->quantity == quantity; });
  return chosen;
}

std::size_t size_count(Rows const& rows) {
  std::set<std::int64_t> sizes;
  for (auto const* r : rows) sizes.insert(r->n);
  return sizes.size();
}

/// A curve by increasing n; what it shows goes to the end of `alternative`.
Curve curve_of(std::string const& label, Rows points, std::string& alternative) {
  std::stable_sort(points.begin(), points.end(), [](auto a, auto b) { return a->n < b->n; });
  Curve curve{.label = label, .points = {}, .slope = {}};
  alternative += label + ": ";
  for (auto const* p : points) {
    curve.points.push_back({static_cast<double>(p->n), p->value, p->lower, p->upper});
    alternative += fmt::format("n = {}: {} {}; ", p->n, short_text(p->value), range_text(p->lower, p->upper));
  }
  return curve;
}

/// Wald first, then its rivals, so that an interval has the same colour in every picture.
std::size_t rank_of(std::string const& interval) {
  static constexpr std::array<std::string_view, 3> first{"wald", "likelihood-ratio", "score"};
  return static_cast<std::size_t>(std::find(first.begin(), first.end(), interval) - first.begin());
}

/// Those of the law of a row.
Rows of_law(Rows const& rows, CurveRow const& row) {
  Rows own;
  std::ranges::copy_if(rows, std::back_inserter(own), [&](auto const* r) {
    return r->model == row.model && r->parameters == row.parameters && r->reference == row.reference;
  });
  return own;
}

/// Room for all coverages of one law, so that its components are drawn on one scale.
PlotRange coverage_range(Rows const& rows) {
  double low = 1, high = 0;
  for (auto const* r : rows) {
    low = std::min({low, r->lower, r->reference});
    high = std::max({high, r->upper, r->reference});
  }
  double const room = std::max(0.004, 0.06 * (high - low));
  return {low - room, high + room};
}

Figure coverage_figure(Rows const& rows, PlotRange const& range) {
  CurveRow const& first = *rows.front();
  auto methods = grouped(std::span<CurveRow const* const>(rows), [](auto const& r) { return r.method; });
  std::stable_sort(methods.begin(), methods.end(),
                   [](auto const& a, auto const& b) { return rank_of(a.first) < rank_of(b.first); });
  CurvePlot plot{.x_axis = "n",
                 .y_axis = "coverage",
                 .log_y = false,
                 .reference = first.reference,
                 .y_from = range.from,
                 .y_to = range.to,
                 .curves = {}};
  std::string alternative = fmt::format("Nominal level {}. ", short_text(first.reference));
  InkChoice inks;
  for (auto const& [method, points] : methods) {
    if (plot.curves.size() == most_curves) break;
    plot.curves.push_back(curve_of(method, points, alternative));
    plot.curves.back().ink = inks.of(method);
  }
  stand_apart(plot.curves);
  auto caption = fmt::format(
      "Share of the {} % intervals for {} that hold the truth, with 95 % Monte Carlo intervals; the line is the "
      "nominal "
      "level. Look at the left end: an interval that starts far below the line cannot be trusted at a small n, and one "
      "that is on the line from the start can.",
      short_text(100 * first.reference), first.component);
  return {curve_script(plot),
          fmt::format("Coverage for {}, {}", first.component, place_text(first.model, first.parameters)),
          caption,
          alternative,
          first.model,
          {rows.begin(), rows.end()}};
}

/// Intervals at a single n have no curve: one row each, those farthest below their level first.
Figure single_figure(Rows rows) {
  auto const error = [](CurveRow const* r) { return r->value - r->reference; };
  std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return error(a) < error(b); });
  auto const all = rows.size();
  if (all > most_rows) rows.resize(most_rows);
  IntervalPlot plot{.axis = "coverage less nominal level", .axis_from = 0, .axis_to = 0, .reference = 0, .rows = {}};
  std::string alternative = "Coverage less nominal level, with target 0. ";
  double widest = 0.01;
  for (auto const* r : rows) {
    auto const label = fmt::format("{} of {}", r->component, place_text(r->model, r->parameters));
    auto const detail = fmt::format(": {} {} %, n = {}", r->method, short_text(100 * r->reference), r->n);
    bool const likely = r->method == "likelihood-ratio", wald = r->method.starts_with("wald");
    plot.rows.push_back({.label = label,
                         .estimate = error(r),
                         .lower = r->lower - r->reference,
                         .upper = r->upper - r->reference,
                         .region_lower = {},
                         .region_upper = {},
                         .ink = wald     ? Ink::blue
                                : likely ? Ink::orange
                                         : Ink::green,
                         .symbol = wald     ? 7
                                   : likely ? 5
                                            : 9,
                         .detail = detail});
    alternative += fmt::format("{}{}: {} {}. ", label, detail, short_text(error(r)),
                               range_text(r->lower - r->reference, r->upper - r->reference));
    for (double const end : {r->lower, r->upper}) widest = std::max(widest, std::abs(end - r->reference));
  }
  plot.axis_from = -1.1 * widest;
  plot.axis_to = 1.1 * widest;
  std::string caption =
      "Scenarios with one n. The line at 0 is the nominal level; left of it an interval holds the truth less often "
      "than "
      "it says. Blue discs: Wald; orange squares: likelihood ratio; green triangles: others.";
  if (all > most_rows) caption += fmt::format(" Shown are {} of {}, the worst first.", most_rows, all);
  return {interval_script(plot), "Coverage at a single n", caption, alternative, {}, {rows.begin(), rows.end()}};
}

}  // namespace

std::vector<Figure> covariance_figures(std::span<CurveRow const* const> rows) {
  auto const chosen = of_quantity(rows, Quantity::covariance);
  std::vector<Figure> figures;
  if (chosen.empty()) return figures;
  for (auto const& [key, points] : grouped(std::span<CurveRow const* const>(chosen),
                                           [](auto const& r) { return std::tuple(r.model, r.parameters, r.method); })) {
    CurveRow const& first = *points.front();
    CurvePlot plot{.x_axis = "n",
                   .y_axis = "relative error of n Cov",
                   .log_y = false,
                   .reference = first.reference,
                   .y_from = {},
                   .y_to = {},
                   .curves = {}};
    std::string alternative;
    for (auto const& [component, curve] :
         grouped(std::span<CurveRow const* const>(points), [](auto const& r) { return r.component; }))
      if (plot.curves.size() < most_curves)
        plot.curves.push_back(
            curve_of((component.find(',') == std::string::npos ? "Var " : "Cov ") + component, curve, alternative));
    figures.push_back(
        {curve_script(plot),
         fmt::format("n Cov against I⁻¹: {}", place_text(first.model, first.parameters)),
         fmt::format("n Cov of {} less I⁻¹, entry by entry, in units of the root of the two variances; "
                     "the line at 0 is the theory. The intervals hold together at 95 %. Entries that come "
                     "down to the line as n grows are what (6.7) says; one that levels off elsewhere has "
                     "another variance in the limit.",
                     first.method),
         alternative,
         first.model,
         {points.begin(), points.end()}});
  }
  return figures;
}

std::vector<Figure> interval_coverage_figures(std::span<CurveRow const* const> rows) {
  auto const chosen = of_quantity(rows, Quantity::coverage);
  std::vector<Figure> figures;
  if (chosen.empty()) return figures;
  Rows single;
  for (auto const& [key, points] : grouped(std::span<CurveRow const* const>(chosen), [](auto const& r) {
         return std::tuple(r.model, r.parameters, r.component, r.reference);
       })) {
    if (size_count(points) > 1)
      figures.push_back(coverage_figure(points, coverage_range(of_law(chosen, *points.front()))));
    else
      single.insert(single.end(), points.begin(), points.end());
  }
  if (!single.empty()) figures.push_back(single_figure(std::move(single)));
  return figures;
}

}  // namespace fisherlab::reports
