#include "cli/diagnose/diagnose_censored_page.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/diagnose/diagnose_figures.hpp"
#include "cli/diagnose/diagnose_page.hpp"
#include "reports/page/plot_points.hpp"
#include "runs/diagnosis/pictures/censored_pictures.hpp"

namespace fisherlab::cli {
namespace {

using reports::Figure;

Figure survival_figure(runs::CensoredData const& data, runs::CensoredDraws const& draws, std::string const& title,
                       runs::DiagnosisSettings const& settings) {
  auto const points = runs::survival_picture(data, draws, settings);
  reports::SurvivalPlot plot{
      short_title(data.fitted.model->card().title), data.has_intervals() ? "Turnbull" : "Kaplan-Meier", {}};
  int outside = 0;
  for (auto const& p : points) {
    plot.marks.push_back({p.x, p.data, p.law, p.lower, p.upper});
    outside += p.data < p.lower || p.data > p.upper;
  }
  return reports::with_points(
      {survival_script(plot),
       title,
       fmt::format("Steps: the share that survives by the data alone ({}). Line: the fitted law. The band holds 95 % "
                   "of samples of the fit, censored as the data were, at each point alone.",
                   plot.estimate),
       fmt::format("{} of {} points lie outside the band", outside, points.size()),
       {}},
      points_of(plot));
}

}  // namespace

std::vector<reports::FigurePart> censored_pictures(runs::CensoredData const& data, runs::CensoredDraws const& draws,
                                                   runs::Findings const* findings,
                                                   runs::DiagnosisSettings const& settings) {
  std::vector<reports::FigurePart> parts(2);
  parts[0] = {"The data and the fit", {survival_figure(data, draws, "Survival", settings)}};
  parts[1].heading = "Intervals";
  auto const& parameters = data.fitted.fit.parameters;
  for (std::size_t a = 0; a < parameters.size(); ++a)
    if (auto figure = profile_figure(parameters[a], runs::censored_profile_picture(data, a), advised_for(findings, a),
                                     settings.level);
        !figure.script.empty())
      parts[1].figures.push_back(std::move(figure));
  if (findings == nullptr || findings->diagnosis.parameters.empty()) return parts;
  parts.push_back({"What they are worth", {}});
  auto const along = runs::censored_coverage_picture(data, draws, settings);
  parts.back().figures = worth_figures(findings->diagnosis, along, settings.level);
  return parts;
}

std::vector<reports::FigurePart> censored_family_pictures(runs::CensoredFamilies const& families,
                                                          std::vector<runs::FamilyFit> const& ranked,
                                                          runs::DiagnosisSettings const& settings) {
  reports::FigurePart part{"Survival under each family", {}};
  for (auto const& fit : ranked)
    for (auto const& data : families.fitted)
      if (data.fitted.model->card().name == fit.model)
        part.figures.push_back(survival_figure(data, runs::CensoredDraws(data), family_figure_title(fit), settings));
  return {part};
}

}  // namespace fisherlab::cli
