#include "cli/regression/diagnose_regression.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/text/number.hpp"
#include "cli/diagnose/diagnose_page.hpp"
#include "cli/diagnose/diagnose_watch.hpp"
#include "cli/diagnose/digests.hpp"
#include "cli/regression/regression_page.hpp"
#include "cli/regression/regression_text.hpp"
#include "cli/run/data_options.hpp"
#include "cli/run/run_frame.hpp"
#include "findings/run_tables.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/resume/packing.hpp"
#include "runs/studies/limits.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

constexpr std::int64_t most_replicates = 65'536;  ///< within a budget

std::string digest_of(runs::ModelFrame const& frame) {
  runs::Packer packer;
  packer.put(frame.columns);
  packer.put(frame.notes);
  packer.put(frame.is_counted);
  auto const put = [&packer](auto const& part) {
    put_digested(packer, {part.data(), static_cast<std::size_t>(part.size())});
  };
  put(frame.data.x);
  put(frame.data.y);
  put(frame.data.weights);
  put(frame.data.offset);
  return runs::sha256(std::move(packer).take());
}

runs::RunFacts deciding_facts(runs::FittedFormula const& fitted, std::string const& digest,
                              RegressionRequest const& request, runs::DiagnosisSettings const& settings) {
  return {{"version", runs::version()},
          {"data", fitted.frame.name},
          {"what was read of the data", digest},
          {"model", request.model},
          {"formula", request.formula},
          {"level", exact_text(settings.level)},
          {"replicates", std::to_string(settings.replicates)},
          {"seed", std::to_string(settings.seed)},
          {"budget", request.budget ? exact_text(*request.budget) : "none"},
          {"html", request.has_page ? "yes" : "no"}};
}

/// What was found out; the diagnosis is null after an interruption.
struct FoundOut {
  std::optional<runs::RegressionDiagnosis> diagnosis = {};
  std::vector<reports::FigurePart> pictures = {};
  bool is_whole = false;
};

FoundOut find_out(runs::FittedFormula const& fitted, RegressionRequest const& request,
                  runs::DiagnosisSettings const& settings, RunFrame const& frame) {
  auto const name = fmt::format("{}, n = {}", fitted.model, fitted.n());
  return frame.watch([&](Watch const& watch) {
    FoundOut found;
    auto watching = watched(settings, name, watch, request.budget.value_or(HUGE_VAL));
    if (request.budget) watching = within(watching, *request.budget, watch);
    try {
      found.diagnosis = runs::diagnose_regression(fitted, watching);
      if (request.has_page) found.pictures = regression_pictures(fitted, *found.diagnosis, watching);
      found.is_whole = true;
    } catch (sim::Interrupted const&) {
      found.is_whole = false;
    }
    return found;
  });
}

std::string page_of(runs::FittedFormula const& fitted, FoundOut const& found, std::string const& text,
                    Manifest const& manifest) {
  reports::DiagnosisPage page;
  page.heading =
      fmt::format("{} of {}, {}, n = {}", fitted.model, fitted.frame.name, fitted.frame.formula.text, fitted.n());
  page.lead = found.diagnosis ? runs::checks_sentence(fitted, *found.diagnosis) : "Interrupted.";
  page.is_refuted = !found.diagnosis || found.diagnosis->is_refuted;
  if (found.diagnosis) page.advice = runs::regression_advice(fitted, *found.diagnosis);
  page.facts = facts_of(manifest);
  page.parts = found.pictures;
  page.text = text;
  return diagnosis_html(std::move(page));
}

/// Where a budget cut the samples short.
std::string budget_note(FoundOut const& found, runs::DiagnosisSettings const& settings) {
  if (!found.diagnosis || found.diagnosis->worth.replicates >= settings.replicates) return "";
  return fmt::format(
      "More samples would have taken longer than --budget allows; --replicates {} gives the same again.\n",
      found.diagnosis->worth.replicates);
}

/// Reads the data; of a large file with a bar.
runs::ModelFrame read_frame(RegressionRequest const& request, estimators::Family family, bool is_quiet) {
  ProgressBar bar(!is_quiet);
  return runs::read_model_frame({.file = request.file,
                                 .formula = request.formula,
                                 .response = runs::response_kind(family),
                                 .weights = request.weights,
                                 .count = request.count,
                                 .reading = with_bar(request.reading, request.file, bar)});
}

/// The fit; of many rows with a bar.
runs::FittedFormula fit(std::string const& model, runs::ModelFrame frame, double level, bool is_quiet) {
  constexpr Eigen::Index many = 100'000;
  if (frame.data.y.size() < many) return runs::fit_formula(model, std::move(frame), level);
  ProgressBar bar(!is_quiet);
  auto const name = fmt::format("fitting {} rows", frame.data.y.size());
  auto const all = static_cast<double>(frame.columns.size());
  auto const show = [&](std::size_t done) {
    bar.show({name, 0, static_cast<double>(done) / all, static_cast<std::int64_t>(done), "coefficients"});
  };
  show(0);
  return runs::fit_formula(model, std::move(frame), level, show);
}

}  // namespace

int run_regression(RegressionRequest const& request, runs::DiagnosisSettings settings, RunOptions const& options) {
  auto const family = *runs::regression_family(request.model);
  auto frame_of_data = read_frame(request, family, options.quiet);
  auto const digest = digest_of(frame_of_data);
  auto const fitted = fit(request.model, std::move(frame_of_data), settings.level, options.quiet);
  if (!request.has_replicates)
    settings.replicates = request.budget ? most_replicates : runs::regression_replicates(fitted);
  runs::check_workload({fitted.n(), 1, settings.replicates, settings.threads});
  DiagnosisFrame run({options, deciding_facts(fitted, digest, request, settings), request.resume}, settings);
  if (run.ended()) return *run.ended();
  settings.stages = run.stages();
  auto found = find_out(fitted, request, settings, run.frame());
  auto const& diagnosis = found.diagnosis;
  auto manifest = run.frame().manifest(status_of(!found.is_whole), diagnosis ? diagnosis->worth.replicates : 0);
  manifest.seed = settings.seed;
  manifest.looks = diagnosis ? 1 : 0;
  auto const* const known = diagnosis ? &*diagnosis : nullptr;
  RunTables tables;
  tables.points = reports::kept_points(found.pictures);
  tables.fit = regression_rows(fitted, known);
  tables.goodness = regression_goodness(fitted, known);
  DiagnosisText text;
  if (diagnosis) {
    tables.advice = regression_advice_rows(fitted, *diagnosis);
    text.advised = {settings.level, diagnosis->is_refuted, runs::regression_advice(fitted, *diagnosis)};
  }
  text.plain = [&](int width) {
    return regression_text(fitted, known, width) + budget_note(found, settings) +
           (diagnosis && !found.is_whole ? "Interrupted: the pictures are left out.\n" : "");
  };
  if (request.has_page) text.page = [&](std::string const& plain) { return page_of(fitted, found, plain, manifest); };
  return run.end(tables, manifest, text);
}

}  // namespace fisherlab::cli
