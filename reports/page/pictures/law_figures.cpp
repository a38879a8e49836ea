#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "base/text/number.hpp"
#include "reports/page/figure_parts.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/law_plots.hpp"
#include "reports/page/pictures/picture_figures.hpp"
#include "reports/page/sections/row_labels.hpp"

namespace fisherlab::reports {
namespace {

/// What one picture of folded ones may add to the page is small; a study of hundreds of cases still must not fill it.
constexpr std::size_t most_folded = 60;

/// z with the share of the replicates at or below it, where the picture has a number to show.
std::string shares_text(std::vector<DistributionRow const*> const& rows) {
  std::string text;
  for (auto const* r : rows)
    for (double const z : {-2.0, 0.0, 2.0})
      if (std::abs(r->quantile - z) < 0.01) text += fmt::format("P(z <= {}) = {}; ", z, short_text(r->probability));
  return text;
}

/// The Q-Q plot and the density of one whitened component.
void add_law(std::vector<DistributionRow const*> const& rows, std::vector<Figure>& figures) {
  DistributionRow const& first = *rows.front();
  LinePlot quantiles{.x_axis = "quantile of N(0, 1)",
                     .y_axis = "quantile of the estimates",
                     .x = {-4, 4},
                     .y = {-4, 4},
                     .theory = "x",
                     .theory_label = "N(0, 1)",
                     .lines = {}};
  LinePlot density{.x_axis = "whitened estimate",
                   .y_axis = "density",
                   .x = {-4, 4},
                   .y = {0, 0.45},
                   .theory = "exp(-x*x/2)/sqrt(2*pi)",
                   .theory_label = "N(0, 1)",
                   .lines = {}};
  std::string alternative = "Under N(0, 1): P(z <= -2) = 0.0228, P(z <= 0) = 0.5, P(z <= 2) = 0.977. ";
  for (auto const& [n, cells] :
       grouped(std::span<DistributionRow const* const>(rows), [](auto const& r) { return r.n; })) {
    Line line{fmt::format("n = {}", n), {}};
    Line bumps = line;
    for (auto const* cell : cells) {
      if (cell->reference) line.points.emplace_back(*cell->reference, cell->quantile);
      bumps.points.emplace_back(0.5 * (cell->from + cell->quantile), cell->density);
      density.y.to = std::max(density.y.to, 1.05 * cell->density);
    }
    alternative += fmt::format("n = {}: {}", n, shares_text(cells));
    quantiles.lines.push_back(std::move(line));
    density.lines.push_back(std::move(bumps));
  }
  auto const place = fmt::format("{} of {}{}", first.component, place_text(first.model, first.parameters),
                                 first.estimator == "mle" ? std::string() : ", " + first.estimator);
  figures.push_back(
      {line_script(quantiles),
       "Normal Q-Q: " + place,
       "Quantiles of the whitened estimates against those of N(0, 1), for the smallest, the middle and the "
       "largest n. Where the law is normal a curve lies on the grey line; one that bends at both ends "
       "alike is skewed, one that bends apart has heavier or lighter tails.",
       alternative,
       first.model,
       {rows.begin(), rows.end()}});
  figures.push_back({line_script(density),
                     "Density: " + place,
                     "Share of the whitened estimates in cells of width 0.2, against the density of N(0, 1) in grey. A "
                     "peak off 0 is bias; a comb is an estimate that takes few values.",
                     alternative,
                     first.model,
                     {rows.begin(), rows.end()}});
}

/// A scale on which most lines can be read: the long ones are cut.
PlotRange zip_range(std::vector<ReplicateInterval const*> const& rows) {
  std::vector<double> lower, upper;
  for (auto const* r : rows) {
    if (std::isfinite(r->lower)) lower.push_back(r->lower);
    if (std::isfinite(r->upper)) upper.push_back(r->upper);
  }
  double const truth = rows.front()->truth;
  if (lower.empty() || upper.empty()) return {truth - 1, truth + 1};
  std::sort(lower.begin(), lower.end());
  std::sort(upper.begin(), upper.end());
  double const from = std::min(lower[lower.size() / 50], truth);
  double const to = std::max(upper[upper.size() - 1 - upper.size() / 20], truth);
  double const room = to > from ? 0.03 * (to - from) : 1;
  return {from - room, to + room};
}

/// What all replicates came to that the drawn ones stand for: "94.9 % of 16,384 hold the truth". Where that
/// is not known, what those drawn came to.
std::string held_words(ReplicateInterval const& drawn, std::span<CurveRow const* const> curves, std::size_t held,
                       std::size_t lines) {
  auto const same = [&](CurveRow const* r) {
    return r->quantity == Quantity::coverage && r->method == drawn.interval && r->component == drawn.component &&
           r->n == drawn.n && r->model == drawn.model && r->parameters == drawn.parameters &&
           r->reference == drawn.level;
  };
  auto const found = std::ranges::find_if(curves, same);
  if (found == curves.end()) return fmt::format("{} of {} hold the truth", held, lines);
  auto const& r = **found;
  return fmt::format("{} % of {} hold the truth", text_by_error({100 * r.value, 100 * (r.upper - r.lower) / 4}),
                     with_commas(r.replicates));
}

Figure zip_figure(std::vector<ReplicateInterval const*> const& rows, std::span<CurveRow const* const> curves) {
  ReplicateInterval const& first = *rows.front();
  ZipPlot plot{.axis = first.component, .x = zip_range(rows), .truth = first.truth, .level = first.level, .panels = {}};
  std::string alternative = fmt::format("Nominal level {}. ", short_text(first.level));
  for (auto& [interval, lines] :
       grouped(std::span<ReplicateInterval const* const>(rows), [](auto const& r) { return r.interval; })) {
    std::stable_sort(lines.begin(), lines.end(), [](auto a, auto b) { return std::abs(a->z) < std::abs(b->z); });
    ZipPanel panel;
    std::size_t held = 0;
    for (auto const* r : lines) {
      bool const holds = r->lower <= r->truth && r->truth <= r->upper;
      held += holds ? 1 : 0;
      panel.lines.push_back({r->lower, r->upper, holds});
    }
    panel.label = interval + ": " + held_words(*lines.front(), curves, held, lines.size());
    alternative += panel.label + ". ";
    plot.panels.push_back(std::move(panel));
  }
  return {
      zip_script(plot),
      fmt::format("Zip plot: {} of {}, n = {}", first.component, place_text(first.model, first.parameters), first.n),
      "Replicates sorted by |z| from below, in bins of equal size, each shown by the interval of its middle one; "
      "the "
      "vertical line is the truth. Thick red lines miss it. They should begin at the dashed line, the nominal level, "
      "and lie on both sides alike: "
      "misses below it are coverage lost, misses on one side an interval that is shifted. Lines are cut at the "
      "edges.",
      alternative,
      first.model,
      {rows.begin(), rows.end()}};
}

}  // namespace

std::vector<Figure> law_figures(std::span<DistributionRow const* const> rows) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  for (auto const& [key, cells] :
       grouped(rows, [](auto const& r) { return std::tuple(r.model, r.parameters, r.estimator, r.component); }))
    if (figures.size() < most_folded) add_law(cells, figures);
  return figures;
}

std::vector<Figure> zip_figures(std::span<ReplicateInterval const* const> rows,
                                std::span<CurveRow const* const> curves) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  for (auto const& [key, intervals] :
       grouped(rows, [](auto const& r) { return std::tuple(r.model, r.parameters, r.component, r.n, r.level); }))
    if (figures.size() < most_folded) figures.push_back(zip_figure(intervals, curves));
  return figures;
}

}  // namespace fisherlab::reports
