#include "cli/diagnose/diagnose_families.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <optional>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"
#include "cli/diagnose/diagnose_censored.hpp"
#include "cli/diagnose/diagnose_censored_page.hpp"
#include "cli/diagnose/diagnose_page.hpp"
#include "cli/run/data_options.hpp"
#include "cli/run/derivatives.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "runs/diagnosis/censored/censored_families.hpp"
#include "runs/diagnosis/families.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

std::string ranking_table(std::vector<runs::FamilyFit> const& fits) {
  TextTable table({{"model"},
                   {"parameters", Align::right},
                   {"log likelihood", Align::right},
                   {"AIC", Align::right},
                   {"weight", Align::right},
                   {"BIC", Align::right},
                   {"weight", Align::right},
                   {"goodness of fit", Align::right}});
  for (auto const& f : fits)
    table.add_row({f.model, exact_text(static_cast<int>(f.theta.size())), fmt::format("{:.2f}", f.log_likelihood),
                   fmt::format("{:.2f}", f.aic), fmt::format("{:.3f}", f.aic_weight), fmt::format("{:.2f}", f.bic),
                   fmt::format("{:.3f}", f.bic_weight),
                   f.p_value ? fmt::format("{} p = {:.3f}", f.test, *f.p_value) : "-"});
  return table.text();
}

/// The families, and how they are ranked and drawn.
struct Ranking {
  std::string about;  ///< the data
  runs::LeftOut left_out;
  DerivativesOfModels derivatives;
  std::function<std::vector<runs::FamilyFit>(runs::DiagnosisSettings const&)> rank;
  std::function<std::vector<reports::FigurePart>(std::vector<runs::FamilyFit> const&, runs::DiagnosisSettings const&)>
      draw;
};

/// `fits` is null after an interruption.
std::string ranking_text(Ranking const& ranking, runs::Observations const& data,
                         std::optional<std::vector<runs::FamilyFit>> const& fits, int width) {
  auto text = ranking.about + '\n' + notes_text(data.notes, width);
  if (!fits) return text + "Interrupted: the families were not ranked.\n";
  text += '\n' + ranking_table(*fits) + '\n';
  for (auto const& sentence : runs::ranking_sentences(*fits)) text += bullet_text(sentence, width);
  auto const say = [&](std::vector<std::string> const& names, char const* reason) {
    if (!names.empty()) text += bullet_text(fmt::format("Left out: {} ({}).", fmt::join(names, ", "), reason), width);
  };
  say(ranking.left_out.outside_support, "the data are outside their support");
  say(ranking.left_out.without_estimate, "no estimate inside their space");
  text += bullet_text(
      "p-values are from samples simulated at each estimate and fitted again; a weight is exp(-difference/2) over its "
      "sum. The best of several may still be wrong: see its p-value, then diagnose it alone.",
      width);
  return text + derivatives_text(ranking.derivatives, width);
}

std::vector<ModelRow> rows_of(std::vector<runs::FamilyFit> const& fits) {
  std::vector<ModelRow> rows;
  rows.reserve(fits.size());
  for (auto const& f : fits)
    rows.push_back({f.model, f.is_density ? "density" : "counts", static_cast<std::int64_t>(f.theta.size()),
                    f.log_likelihood, f.aic, f.aic_weight, f.bic, f.bic_weight, f.test, f.p_value});
  return rows;
}

int run_ranking(Ranking const& ranking, runs::Observations const& data, runs::DiagnosisSettings settings,
                DiagnosisStart const& start, bool has_page) {
  DiagnosisFrame run(start, settings);
  if (run.ended()) return *run.ended();
  settings.stages = run.stages();
  std::vector<reports::FigurePart> pictures;
  auto const fits = run.frame().watch([&](Watch const& watch) -> std::optional<std::vector<runs::FamilyFit>> {
    settings.stop = watch.stop;
    try {
      auto ranked = ranking.rank(settings);
      if (has_page) pictures = ranking.draw(ranked, settings);
      return ranked;
    } catch (sim::Interrupted const&) {
      return std::nullopt;
    }
  });
  auto manifest = run.frame().manifest(status_of(!fits), 0);
  manifest.seed = settings.seed;
  manifest.looks = fits ? 1 : 0;
  RunTables tables;
  tables.points = reports::kept_points(pictures);
  if (fits) tables.models = rows_of(*fits);
  DiagnosisText text{[&](int width) { return ranking_text(ranking, data, fits, width); }};
  if (fits) text.advised = {settings.level, false, runs::ranking_sentences(*fits)};
  if (has_page)
    text.page = [&](std::string const& plain) {
      reports::DiagnosisPage page{
          fmt::format("Families for {}, n = {}", data.name, data.values.size()),
          fits ? fmt::format("Least AIC: {}. The best of several may still be wrong.", fits->front().model)
               : "Interrupted.",
          !fits,
          {},
          facts_of(manifest),
          pictures,
          plain};
      if (fits) page.advice = runs::ranking_sentences(*fits);
      for (auto& fact : derivatives_facts(ranking.derivatives)) page.facts.push_back(std::move(fact));
      return diagnosis_html(std::move(page));
    };
  return run.end(tables, manifest, text);
}

DerivativesOfModels derivatives_of_all(std::vector<runs::FittedData> const& families) {
  DerivativesOfModels all;
  for (auto const& family : families)
    for (auto& one : derivatives_of(family.model->card())) all.push_back(std::move(one));
  return all;
}

}  // namespace

int run_families(std::string const& names, sim::Models const& models, runs::Observations const& data,
                 runs::DiagnosisSettings const& settings, DiagnosisStart const& start, bool has_page) {
  auto const families = runs::fit_families(names, data, models, settings.level);
  return run_ranking({fmt::format("{}: n = {}", printable(data.name), data.values.size()), families.left_out,
                      derivatives_of_all(families.fitted),
                      [&](auto const& how) { return runs::ranked(families, data, runs::goodness_settings(how)); },
                      [&](auto const& fits, auto const& how) { return family_pictures(families, fits, data, how); }},
                     data, settings, start, has_page);
}

int run_censored_families(std::string const& names, sim::Models const& models, runs::Observations const& data,
                          runs::DiagnosisSettings const& settings, DiagnosisStart const& start, bool has_page) {
  auto const families = runs::fit_censored_families(names, data, models, settings.level);
  return run_ranking({censored_data_text(families.fitted.front()),
                      families.left_out,
                      {},
                      [&](auto const& how) { return runs::ranked(families, data, runs::goodness_settings(how)); },
                      [&](auto const& fits, auto const& how) { return censored_family_pictures(families, fits, how); }},
                     data, settings, start, has_page);
}

}  // namespace fisherlab::cli
