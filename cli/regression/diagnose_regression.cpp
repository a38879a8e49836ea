#include "cli/regression/diagnose_regression.hpp"

#include <fmt/format.h>

#include <optional>

#include "cli/diagnose/diagnose_watch.hpp"
#include "cli/regression/regression_text.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "runs/studies/limits.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

/// Null after an interruption.
std::optional<runs::RegressionDiagnosis> carry_out(runs::FittedFormula const& fitted,
                                                   runs::DiagnosisSettings const& settings, RunFrame const& frame) {
  auto const name = fmt::format("{}, n = {}", fitted.model, fitted.n());
  return frame.watch([&](Watch const& watch) -> std::optional<runs::RegressionDiagnosis> {
    try {
      return runs::diagnose_regression(fitted, watched(settings, name, watch));
    } catch (sim::Interrupted const&) {
      return std::nullopt;
    }
  });
}

}  // namespace

int run_regression(RegressionRequest const& request, runs::DiagnosisSettings settings, bool has_replicates,
                   RunOptions const& options) {
  auto const family = *runs::regression_family(request.model);
  auto frame_of_data = runs::read_model_frame({.file = request.file,
                                               .formula = request.formula,
                                               .response = runs::response_kind(family),
                                               .weights = request.weights,
                                               .count = request.count,
                                               .reading = request.reading});
  auto const fitted = runs::fit_formula(request.model, std::move(frame_of_data), settings.level);
  if (!has_replicates) settings.replicates = runs::regression_replicates(fitted);
  runs::check_workload({fitted.n(), 1, settings.replicates, settings.threads});
  RunFrame frame(RunKind::diagnose, options, settings.threads);
  auto const diagnosis = carry_out(fitted, settings, frame);
  auto manifest = frame.manifest(status_of(!diagnosis), diagnosis ? diagnosis->worth.replicates : 0);
  manifest.seed = settings.seed;
  manifest.looks = diagnosis ? 1 : 0;
  auto const* const found = diagnosis ? &*diagnosis : nullptr;
  RunTables tables;
  tables.fit = regression_rows(fitted, found);
  tables.goodness = regression_goodness(fitted, found);
  if (diagnosis) tables.advice = regression_advice_rows(fitted, *diagnosis);
  auto const text = [&](int width) { return regression_text(fitted, found, width); };
  frame.write_and_say(
      [&] {
        frame.write_tables(tables);
        frame.folder().write("summary.md", "# Diagnosis\n\n```text\n" + text(100) + "```\n");
        frame.folder().write_manifest(manifest);
      },
      text(standard_output().width) + seed_sentence(manifest));
  return manifest.exit_code;
}

}  // namespace fisherlab::cli
