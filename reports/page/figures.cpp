#include "reports/page/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "findings/names.hpp"
#include "reports/page/figure_parts.hpp"
#include "reports/page/plots.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

/// Failed and open findings first, then by how far the interval reaches towards an edge; controls come last.
std::pair<int, double> urgency(Finding const& finding) {
  bool const control = finding.outcome == Outcome::pass && finding.verdict == Verdict::refuted;
  int const rank = finding.outcome == Outcome::fail ? 0 : finding.outcome == Outcome::open ? 1 : control ? 3 : 2;
  return {rank, -margins_from_target(finding).upper};
}

void mark(Finding const& finding, IntervalRow& row) {
  switch (finding.outcome) {
    case Outcome::fail:
      std::tie(row.ink, row.symbol) = std::pair(Ink::red, 5);
      return;
    case Outcome::open:
      std::tie(row.ink, row.symbol) = std::pair(Ink::orange, 9);
      return;
    case Outcome::report:
      std::tie(row.ink, row.symbol) = std::pair(Ink::grey, 11);
      return;
    case Outcome::pass:
      if (finding.verdict == Verdict::refuted) std::tie(row.ink, row.symbol) = std::pair(Ink::purple, 13);
  }
}

IntervalRow margin_row(Finding const& finding, bool name_statistic) {
  auto const& [kind, target, margin, exact_within] = finding.region;
  auto const& m = finding.measurement;
  auto const scaled = [&, t = target, w = margin](double value) { return (value - t) / w; };
  auto const grid = finding.n.find(';');
  auto const sizes = grid == std::string::npos
                         ? finding.n
                         : finding.n.substr(0, grid) + ".." + finding.n.substr(finding.n.rfind(';') + 1);
  IntervalRow row{.label = scenario_text(finding.model, finding.parameters),
                  .estimate = scaled(m.estimate),
                  .lower = scaled(m.lower),
                  .upper = scaled(m.upper),
                  .region_lower = {},
                  .region_upper = {},
                  .has_region = true,
                  .detail = ", n = " + sizes};
  if (kind != RegionKind::at_most) row.region_lower = -1;
  if (kind != RegionKind::at_least) row.region_upper = 1;
  if (name_statistic) row.detail += ": " + finding.measurement.statistic;
  mark(finding, row);
  return row;
}

std::string rate_sentence(ConvergenceRow const& row) {
  if (!row.rate) return "No rate could be fitted: too few of the intervals lie above 0.";
  auto text = fmt::format("Fitted rate n^-{}", short_text(*row.rate));
  if (row.rate_lower && row.rate_upper)
    text += fmt::format(", interval {}", range_text(*row.rate_lower, *row.rate_upper));
  return text + "; the dashed line has that slope.";
}

}  // namespace

std::vector<Figure> region_figures(std::span<Finding const* const> findings) {
  std::vector<Finding const*> chosen;
  for (auto const* finding : findings)
    if (finding->region.margin > 0) chosen.push_back(finding);
  if (chosen.empty()) return {};
  std::stable_sort(chosen.begin(), chosen.end(), [](auto a, auto b) { return urgency(*a) < urgency(*b); });
  std::size_t const all = chosen.size();
  if (all > most_rows) chosen.resize(most_rows);

  bool const several = std::any_of(chosen.begin(), chosen.end(), [&](auto const* f) {
    return f->measurement.statistic != chosen.front()->measurement.statistic;
  });
  IntervalPlot plot{
      .axis = "(estimate - target) / margin", .axis_from = -2.5, .axis_to = 2.5, .reference = 0, .rows = {}};
  std::string alternative = "Intervals in units of the margin, with target 0. ";
  for (auto const* finding : chosen) {
    auto const row = margin_row(*finding, several);
    alternative += fmt::format("{}{}: {} {}, {}. ", row.label, row.detail, short_text(row.estimate),
                               range_text(row.lower, row.upper), to_string(finding->verdict));
    plot.rows.push_back(row);
  }
  std::string caption =
      "An interval inside its pale band is verified, one outside it is refuted, one across an edge is open. "
      "Blue disc: verified; purple diamond: a control, refuted as it should be; red square: failed; orange triangle: "
      "open; grey triangle: shown only. An arrow points to an estimate beyond the edge of the picture.";
  if (all > most_rows)
    caption += fmt::format(" Shown are {} of {} findings: failed and open ones first, then those nearest to an edge.",
                           most_rows, all);
  return {{interval_script(plot), "Intervals against their regions", caption, alternative, {}}};
}

std::vector<Figure> convergence_figures(std::span<ConvergenceRow const* const> rows) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  for (auto const& [key, points] :
       grouped(rows, [](auto const& r) { return std::tuple(r.model, r.parameters, r.statistic); })) {
    ConvergenceRow const& first = *points.front();
    Curve curve{.label = {}, .points = {}, .slope = {}};
    if (first.rate) curve.slope = -*first.rate;
    std::string alternative = first.statistic + ". ";
    for (auto const* p : points) {
      curve.points.push_back({static_cast<double>(p->n), p->discrepancy, p->lower, p->upper});
      alternative += fmt::format("n = {}: {} {}. ", p->n, short_text(p->discrepancy), range_text(p->lower, p->upper));
    }
    CurvePlot const plot{.x_axis = "n",
                         .y_axis = "discrepancy",
                         .log_y = true,
                         .reference = {},
                         .y_from = {},
                         .y_to = {},
                         .curves = {curve}};
    figures.push_back({curve_script(plot), scenario_text(first.model, first.parameters),
                       fmt::format("{}. On log-log axes a power of n falls on a straight line. {}", first.statistic,
                                   rate_sentence(first)),
                       alternative + rate_sentence(first), first.model});
  }
  return figures;
}

std::vector<Figure> power_figures(std::span<CalibrationRow const> rows) {
  std::vector<CalibrationRow const*> planted;
  for (auto const& row : rows)
    if (row.defect != DefectKind::none && row.size > 0) planted.push_back(&row);
  std::vector<Figure> figures;
  if (planted.empty()) return figures;
  for (auto const& [key, of_claim] : grouped(std::span<CalibrationRow const* const>(planted),
                                             [](auto const& r) { return std::pair(r.claim, r.defect); })) {
    auto const kind = std::string(to_string(key.second));
    auto const cases = grouped(std::span<CalibrationRow const* const>(of_claim), [](auto const& r) { return r.model; });
    for (std::size_t from = 0; from < cases.size(); from += most_curves) {
      CurvePlot plot{.x_axis = "size of the defect (" + kind + ")",
                     .y_axis = "share of runs that refute",
                     .log_y = false,
                     .reference = {},
                     .y_from = -0.04,
                     .y_to = 1.04,
                     .curves = {}};
      std::string alternative;
      for (std::size_t i = from; i < std::min(cases.size(), from + most_curves); ++i) {
        Curve curve{.label = cases[i].first, .points = {}, .slope = {}};
        alternative += cases[i].first + ": ";
        for (auto const* r : cases[i].second) {
          double const share =
              static_cast<double>(r->refuted) / static_cast<double>(std::max<std::int64_t>(r->runs, 1));
          auto const rate = r->rate();
          curve.points.push_back({r->size, share, rate.lower, rate.upper});
          alternative += fmt::format("size {}: {}; ", short_text(r->size), short_text(share));
        }
        std::sort(curve.points.begin(), curve.points.end(), [](auto const& a, auto const& b) { return a.x < b.x; });
        plot.curves.push_back(std::move(curve));
      }
      figures.push_back(
          {curve_script(plot),
           fmt::format("{}: {}", key.first, kind),
           "Power: the share of runs that refute a planted defect of each size, with its 95 % interval. A "
           "curve that rises early belongs to a claim that notices small defects.",
           alternative,
           {}});
    }
  }
  return figures;
}

}  // namespace fisherlab::reports
