#include "cli/diagnose/diagnose_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/special/distributions.hpp"
#include "base/text/number.hpp"
#include "reports/page/plot_points.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"

namespace fisherlab::cli {

using reports::Figure;
using reports::Ink;

reports::PlotBar plot_bar(runs::Bar const& bar) { return {bar.from, bar.to, bar.height}; }

void share_height(std::vector<reports::BarPlot>& plots) {
  double highest = 0;
  for (auto const& plot : plots) highest = std::max(highest, plot.highest());
  for (auto& plot : plots) plot.y_to = 1.05 * highest;
}

std::string short_title(std::string const& title) { return title.substr(0, title.find(" (")); }

std::string advised_for(runs::Findings const* findings, std::size_t a) {
  if (findings == nullptr || a >= findings->diagnosis.parameters.size()) return {};
  return runs::recommendations(*findings)[a].name;
}

Figure profile_figure(estimators::FittedParameter const& parameter, std::vector<std::pair<double, double>> points,
                      std::string const& advised, double level) {
  reports::ProfilePlot plot;
  plot.x_axis = parameter.name;
  plot.statistic.points = std::move(points);
  plot.cut_off = std::pow(normal_quantile(0.5 + 0.5 * level), 2);
  std::string words;
  for (auto const& i : runs::intervals_of(parameter, nullptr)) {
    bool const is_advised = i.name == advised;
    reports::IntervalRow row;
    row.label = i.name + (is_advised ? " (recommended)" : "");
    row.estimate = parameter.estimate;
    row.lower = i.on_data.lower;
    row.upper = i.on_data.upper;
    row.ink = is_advised ? Ink::green : Ink::orange;
    plot.rows.push_back(row);
    words += fmt::format("{}{} {} to {}", words.empty() ? "" : ", ", i.name, rounded_text(i.on_data.lower, 4),
                         rounded_text(i.on_data.upper, 4));
  }
  return reports::with_points(
      {plot.statistic.points.size() < 2 ? std::string() : profile_script(plot),
       fmt::format("Profile likelihood of {}", parameter.name),
       fmt::format("Twice the fall of the log likelihood, the other parameters at their best. Dashed: chi-squared's "
                   "cut-off {}. Below it the {} % intervals, the recommended one in green.",
                   rounded_text(plot.cut_off, 3), rounded_text(100 * level, 4)),
       words,
       {}},
      points_of(plot));
}

namespace {

reports::BarPlot sampling_plot(runs::ParameterDiagnosis const& p) {
  reports::BarPlot plot{
      "error over the standard error of theory", "density", "simulated estimates", {}, {"N(0, 1)", {}}, false};
  auto const bars = runs::sampling_picture(p);
  std::transform(bars.begin(), bars.end(), std::back_inserter(plot.bars), plot_bar);
  for (int i = 0; i <= 160; ++i) {
    double const z = -4 + 0.05 * i;
    plot.over.points.emplace_back(z, std::exp(-0.5 * z * z) / std::sqrt(2 * 3.14159265358979));
  }
  return plot;
}

Figure sampling_figure(runs::ParameterDiagnosis const& p, reports::BarPlot const& plot) {
  return reports::with_points(
      {bar_script(plot),
       fmt::format("Law of the estimate of {}", p.parameter),
       fmt::format("Bars: estimates in simulated samples, the truth at 0. Line: what theory promises. Largest "
                   "distance of the distribution functions: {}.",
                   rounded_text(p.distance_to_normal, 2)),
       fmt::format("distance to the normal law {}", rounded_text(p.distance_to_normal, 2)),
       {}},
      points_of(plot));
}

/// In per cent, what all pictures of coverage over n take: each point with two Monte Carlo standard errors, and the
/// level.
reports::PlotRange coverage_scale(std::vector<runs::CoverageAt> const& along, double level) {
  double low = 100 * level, high = low;
  for (auto const& at : along)
    for (auto const& p : at.diagnosis.parameters)
      for (auto const* const c : {&p.wald, &p.score, &p.likelihood_ratio}) {
        if (std::isnan(c->value)) continue;
        low = std::min(low, 100 * (c->value - 2 * c->mcse));
        high = std::max(high, std::min(100 * (c->value + 2 * c->mcse), 100.0));
      }
  double const room = 0.06 * (high - low) + 0.1;
  return {low - room, high + room};
}

Figure coverage_figure(std::vector<runs::CoverageAt> const& along, std::size_t a, double level,
                       reports::PlotRange const& scale) {
  auto const& name = along.front().diagnosis.parameters[a].parameter;
  reports::CurvePlot plot;
  plot.x_axis = "n";
  plot.y_axis = "coverage, %";
  plot.reference = 100 * level;
  plot.y_from = scale.from;
  plot.y_to = scale.to;
  double dodge = 0.97;
  for (auto const* const label : {"Wald", "score", "likelihood-ratio"}) {
    reports::Curve curve;
    curve.label = label;
    curve.dodge = dodge;
    dodge += 0.03;
    plot.curves.push_back(curve);
  }
  std::string words;
  for (auto const& at : along) {
    auto const& p = at.diagnosis.parameters[a];
    std::size_t k = 0;
    for (auto const* const c : {&p.wald, &p.score, &p.likelihood_ratio}) {
      if (!std::isnan(c->value))
        plot.curves[k].points.push_back({static_cast<double>(at.n), 100 * c->value, 100 * (c->value - 2 * c->mcse),
                                         std::min(100 * (c->value + 2 * c->mcse), 100.0)});
      ++k;
    }
    words += fmt::format("{}n = {}: Wald {:.1f}", words.empty() ? "" : ", ", at.n, 100 * p.wald.value);
  }
  std::erase_if(plot.curves, [](auto const& curve) { return curve.points.empty(); });
  return reports::with_points(
      {curve_script(plot),
       fmt::format("Coverage for {} against n", name),
       "Share of samples at the estimate whose interval holds the truth, with two Monte Carlo standard "
       "errors; the line is what is declared. All parameters have one scale.",
       words,
       {}},
      points_of(plot));
}

}  // namespace

std::vector<Figure> worth_figures(runs::Diagnosis const& diagnosis, std::vector<runs::CoverageAt> const& along,
                                  double level) {
  std::vector<Figure> figures;
  auto const scale = coverage_scale(along, level);
  std::vector<reports::BarPlot> laws;
  for (auto const& parameter : diagnosis.parameters) laws.push_back(sampling_plot(parameter));
  share_height(laws);
  for (std::size_t a = 0; a < laws.size(); ++a) figures.push_back(sampling_figure(diagnosis.parameters[a], laws[a]));
  if (along.size() > 1)
    for (std::size_t a = 0; a < diagnosis.parameters.size(); ++a)
      figures.push_back(coverage_figure(along, a, level, scale));
  return figures;
}

}  // namespace fisherlab::cli
