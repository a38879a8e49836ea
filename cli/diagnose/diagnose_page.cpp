#include "cli/diagnose/diagnose_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/special/distributions.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "cli/diagnose/diagnose_figures.hpp"
#include "reports/page/diagnosis_plots.hpp"
#include "reports/page/plot_points.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "runs/diagnosis/pictures/data_pictures.hpp"

namespace fisherlab::cli {
namespace {

using reports::Figure;

reports::BarPlot density_plot(runs::FittedData const& fitted, std::vector<double> const& values) {
  auto const picture = runs::density_picture(fitted, values);
  auto const title = short_title(fitted.model->card().title);
  reports::BarPlot plot{"observation",        picture.is_discrete ? "share" : "density",
                        "the data",           {},
                        {title, picture.law}, picture.is_discrete};
  std::transform(picture.bars.begin(), picture.bars.end(), std::back_inserter(plot.bars), plot_bar);
  return plot;
}

Figure density_figure(reports::BarPlot const& plot, std::string const& title, std::size_t observations) {
  return reports::with_points(
      {bar_script(plot),
       title,
       plot.has_points ? "Bars: shares of the counts. Points: their probabilities under the fitted law."
                       : "Bars: a histogram of area 1. Line: the density of the fitted law.",
       fmt::format("{} bars of {} observations against {}", plot.bars.size(), observations, plot.over.label),
       {}},
      points_of(plot));
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
  return reports::with_points(
      {quantile_script("expected quantile", "observed quantile", marks),
       title,
       "Ordered observations against the medians of their laws under the fit. The band holds 95 % of samples at each "
       "point alone; it takes the estimate for the truth.",
       fmt::format("{} of {} points lie outside the band", outside, points.size()),
       {}},
      points_of(marks));
}

}  // namespace

std::vector<reports::FigurePart> diagnosis_pictures(runs::FittedData const& fitted, runs::Observations const& data,
                                                    runs::Findings const* findings,
                                                    runs::DiagnosisSettings const& settings) {
  std::vector<reports::FigurePart> parts(2);
  parts[0] = {"The data and the fit",
              {density_figure(density_plot(fitted, data.values), "Data and fitted law", data.values.size()),
               quantile_figure(fitted, data.values, settings, "Quantiles")}};
  parts[1].heading = "Intervals";
  for (std::size_t a = 0; a < fitted.fit.parameters.size(); ++a)
    if (auto figure = profile_figure(fitted.fit.parameters[a], runs::profile_picture(fitted, data.values, a),
                                     advised_for(findings, a), settings.level);
        !figure.script.empty())
      parts[1].figures.push_back(std::move(figure));
  if (findings == nullptr || findings->diagnosis.parameters.empty()) return parts;
  parts.push_back({"What they are worth", {}});
  auto const along = runs::coverage_picture(fitted.law(), findings->diagnosis.n, settings);
  parts.back().figures = worth_figures(findings->diagnosis, along, settings.level);
  return parts;
}

std::string family_figure_title(runs::FamilyFit const& fit) {
  return fmt::format("{}, AIC {:.2f}{}", fit.model, fit.aic,
                     fit.p_value ? fmt::format(", {} p = {:.3f}", fit.test, *fit.p_value) : "");
}

std::vector<reports::FigurePart> family_pictures(runs::Families const& families,
                                                 std::vector<runs::FamilyFit> const& ranked,
                                                 runs::Observations const& data,
                                                 runs::DiagnosisSettings const& settings) {
  std::vector<reports::FigurePart> parts(2);
  parts[0].heading = "Quantiles of each family";
  parts[1].heading = "Densities";
  std::vector<reports::BarPlot> densities;
  std::vector<std::string> titles;
  for (auto const& fit : ranked)
    for (auto const& fitted : families.fitted) {
      if (fitted.model->card().name != fit.model) continue;
      parts[0].figures.push_back(quantile_figure(fitted, data.values, settings, family_figure_title(fit)));
      parts[0].figures.back().caption += " Each family has its own scale.";
      densities.push_back(density_plot(fitted, data.values));
      titles.push_back("Density: " + fit.model);
    }
  share_height(densities);
  for (std::size_t k = 0; k < densities.size(); ++k)
    parts[1].figures.push_back(density_figure(densities[k], titles[k], data.values.size()));
  return parts;
}

std::vector<std::pair<std::string, std::string>> facts_of(Manifest const& manifest) {
  std::vector<std::pair<std::string, std::string>> facts{{"Seed", fmt::format("{}", manifest.seed)}};
  if (manifest.replicates > 0)  // a ranking of families has samples for its tests alone
    facts.emplace_back("Replicates", count_text(static_cast<double>(manifest.replicates)));
  facts.emplace_back("Program", manifest.version);
  facts.emplace_back("Command", manifest.command);
  return facts;
}

}  // namespace fisherlab::cli
