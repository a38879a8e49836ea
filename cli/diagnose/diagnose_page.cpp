#include "cli/diagnose/diagnose_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/special/distributions.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "reports/page/diagnosis_plots.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "runs/diagnosis/pictures/data_pictures.hpp"

namespace fisherlab::cli {
namespace {

using reports::Figure;
using reports::Ink;

reports::PlotBar plot_bar(runs::Bar const& b) { return {b.from, b.to, b.height}; }

Figure density_figure(runs::FittedData const& fitted, std::vector<double> const& values) {
  auto const picture = runs::density_picture(fitted, values);
  auto const& title = fitted.model->card().title;
  reports::BarPlot plot{"observation",        picture.is_discrete ? "share" : "density",
                        "the data",           {},
                        {title, picture.law}, picture.is_discrete};
  std::transform(picture.bars.begin(), picture.bars.end(), std::back_inserter(plot.bars), plot_bar);
  return {bar_script(plot),
          "Data and fitted law",
          picture.is_discrete ? "Bars: shares of the counts. Points: their probabilities under the fitted law."
                              : "Bars: a histogram of area 1. Line: the density of the fitted law.",
          fmt::format("{} bars of {} observations against {}", picture.bars.size(), values.size(), title),
          {}};
}

Figure quantile_figure(runs::FittedData const& fitted, std::vector<double> const& values,
                       runs::DiagnosisSettings const& settings, std::string const& title) {
  auto const points = runs::quantile_picture(fitted, values, settings);
  std::vector<reports::QuantileMark> marks;
  int outside = 0;
  for (auto const& p : points) {
    marks.push_back({p.expected, p.observed, p.lower, p.upper});
    outside += p.observed < p.lower || p.observed > p.upper;
  }
  return {
      quantile_script("expected quantile", "observed quantile", marks),
      title,
      "Ordered observations against the medians of their laws under the fit. The band holds 95 % of samples at each "
      "point alone; it takes the estimate for the truth.",
      fmt::format("{} of {} points lie outside the band", outside, points.size()),
      {}};
}

Figure profile_figure(runs::FittedData const& fitted, std::vector<double> const& values, std::size_t a,
                      runs::Findings const* findings, double level) {
  auto const& parameter = fitted.fit.parameters[a];
  reports::ProfilePlot plot;
  plot.x_axis = parameter.name;
  plot.statistic.points = runs::profile_picture(fitted, values, a);
  plot.cut_off = std::pow(normal_quantile(0.5 + 0.5 * level), 2);
  std::string const advised =
      findings == nullptr || findings->diagnosis.parameters.empty() ? "" : runs::recommendations(*findings)[a].name;
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
  return {plot.statistic.points.size() < 2 ? std::string() : profile_script(plot),
          fmt::format("Profile likelihood of {}", parameter.name),
          fmt::format("Twice the fall of the log likelihood, the other parameters at their best. Dashed: chi-squared's "
                      "cut-off {}. Below it the {} % intervals, the recommended one in green.",
                      rounded_text(plot.cut_off, 3), rounded_text(100 * level, 4)),
          words,
          {}};
}

Figure sampling_figure(runs::ParameterDiagnosis const& p) {
  reports::BarPlot plot{
      "error over the standard error of theory", "density", "simulated estimates", {}, {"N(0, 1)", {}}, false};
  auto const bars = runs::sampling_picture(p);
  std::transform(bars.begin(), bars.end(), std::back_inserter(plot.bars), plot_bar);
  for (int i = 0; i <= 160; ++i) {
    double const z = -4 + 0.05 * i;
    plot.over.points.emplace_back(z, std::exp(-0.5 * z * z) / std::sqrt(2 * 3.14159265358979));
  }
  return {bar_script(plot),
          fmt::format("Law of the estimate of {}", p.parameter),
          fmt::format("Bars: estimates in simulated samples, the truth at 0. Line: what theory promises. Largest "
                      "distance of the distribution functions: {}.",
                      rounded_text(p.distance_to_normal, 2)),
          fmt::format("distance to the normal law {}", rounded_text(p.distance_to_normal, 2)),
          {}};
}

Figure coverage_figure(std::vector<runs::CoverageAt> const& along, std::size_t a, double level) {
  auto const& name = along.front().diagnosis.parameters[a].parameter;
  reports::CurvePlot plot;
  plot.x_axis = "n";
  plot.y_axis = "coverage, %";
  plot.reference = 100 * level;
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
                                         100 * (c->value + 2 * c->mcse)});
      ++k;
    }
    words += fmt::format("{}n = {}: Wald {:.1f}", words.empty() ? "" : ", ", at.n, 100 * p.wald.value);
  }
  std::erase_if(plot.curves, [](auto const& curve) { return curve.points.empty(); });
  return {curve_script(plot),
          fmt::format("Coverage for {} against n", name),
          "Share of samples at the estimate whose interval holds the truth, with two Monte Carlo standard errors; the "
          "line is what is declared.",
          words,
          {}};
}

}  // namespace

std::vector<reports::FigurePart> diagnosis_pictures(runs::FittedData const& fitted, runs::Observations const& data,
                                                    runs::Findings const* findings,
                                                    runs::DiagnosisSettings const& settings) {
  std::vector<reports::FigurePart> parts(2);
  parts[0] = {"The data and the fit",
              {density_figure(fitted, data.values), quantile_figure(fitted, data.values, settings, "Quantiles")}};
  parts[1].heading = "Intervals";
  for (std::size_t a = 0; a < fitted.fit.parameters.size(); ++a)
    if (auto figure = profile_figure(fitted, data.values, a, findings, settings.level); !figure.script.empty())
      parts[1].figures.push_back(std::move(figure));
  if (findings == nullptr || findings->diagnosis.parameters.empty()) return parts;
  parts.push_back({"What they are worth", {}});
  auto const along = runs::coverage_picture(fitted.law(), findings->diagnosis.n, settings);
  for (std::size_t a = 0; a < findings->diagnosis.parameters.size(); ++a) {
    parts.back().figures.push_back(sampling_figure(findings->diagnosis.parameters[a]));
    if (along.size() > 1) parts.back().figures.push_back(coverage_figure(along, a, settings.level));
  }
  return parts;
}

std::vector<reports::FigurePart> family_pictures(runs::Families const& families,
                                                 std::vector<runs::FamilyFit> const& ranked,
                                                 runs::Observations const& data,
                                                 runs::DiagnosisSettings const& settings) {
  std::vector<reports::FigurePart> parts(2);
  parts[0].heading = "Quantiles of each family";
  parts[1].heading = "Densities";
  for (auto const& fit : ranked)
    for (auto const& fitted : families.fitted) {
      if (fitted.model->card().name != fit.model) continue;
      auto const title = fmt::format("{}, AIC {:.2f}{}", fit.model, fit.aic,
                                     fit.p_value ? fmt::format(", {} p = {:.3f}", fit.test, *fit.p_value) : "");
      parts[0].figures.push_back(quantile_figure(fitted, data.values, settings, title));
      parts[1].figures.push_back(density_figure(fitted, data.values));
      parts[1].figures.back().title = fit.model;
    }
  return parts;
}

std::vector<std::pair<std::string, std::string>> facts_of(Manifest const& manifest) {
  return {{"Seed", fmt::format("{}", manifest.seed)},
          {"Replicates", count_text(static_cast<double>(manifest.replicates))},
          {"Program", manifest.version},
          {"Command", manifest.command}};
}

}  // namespace fisherlab::cli
