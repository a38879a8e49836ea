#include "cli/diagnose/diagnose_censored.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "cli/diagnose/diagnose_rows.hpp"
#include "cli/diagnose/diagnose_text.hpp"
#include "cli/diagnose/diagnose_watch.hpp"
#include "cli/run/data_options.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "runs/diagnosis/censored/censored_advice.hpp"
#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

/// Null after an interruption.
std::optional<runs::CensoredDiagnosis> carry_out(runs::CensoredData const& data,
                                                 runs::DiagnosisSettings const& settings, RunFrame const& frame) {
  auto const name = fmt::format("{}, n = {}, censored", data.model->card().name, data.sample.times.size());
  return frame.watch([&](Watch const& watch) -> std::optional<runs::CensoredDiagnosis> {
    try {
      return runs::diagnose_censored(data, watched(settings, name, watch));
    } catch (sim::Interrupted const&) {
      return std::nullopt;
    }
  });
}

std::string data_line(runs::CensoredData const& data) {
  auto const n = static_cast<std::int64_t>(data.sample.times.size());
  auto const counts = data.counts();
  auto text = fmt::format("{}: n = {}, {} observed, {} right-censored", data.name, n, counts.observed, counts.right);
  if (data.has_intervals())
    text += fmt::format(", {} left-censored, {} known to lie between two values", counts.left, counts.between);
  return text + '\n';
}

/// How the simulation censors.
std::string censoring_words(runs::CensoredData const& data) {
  return data.has_intervals() ? "inspections as in the data: a first one, gaps between them, and the last one"
                              : "times of censoring by Kaplan and Meier";
}

std::string report_text(runs::CensoredData const& data, double level,
                        std::optional<runs::CensoredDiagnosis> const& diagnosis, int width) {
  auto text = data_line(data) + notes_text(data.notes, width) + '\n' + data.model->card().title +
              " by maximum likelihood, censored observations by " +
              (data.has_intervals() ? "the probability of where they lie" : "their survival function") + ":\n\n" +
              censored_fit_text(data, level) + '\n';
  if (!diagnosis) return text + "Interrupted: nothing was found out by simulation.\n";
  text += notes_text(
              {fmt::format("What these are worth, from {} samples of n = {} simulated at the estimate and censored "
                           "as the data were ({}, {:.0f} % censored on average):",
                           diagnosis->replicates, diagnosis->n, censoring_words(data), 100 * diagnosis->mean_censored)},
              width) +
          '\n' + censored_diagnosis_text(*diagnosis) + "\nIn brackets: Monte Carlo standard error.\n\n";
  for (auto const& sentence : runs::censored_advice(data, *diagnosis)) text += bullet_text(sentence, width);
  return text;
}

}  // namespace

int run_censored(sim::AnyModel const& model, runs::Observations const& data, runs::DiagnosisSettings settings,
                 DiagnosisStart const& start) {
  auto const fitted = runs::fit_censored_data(model, data, settings.level);
  DiagnosisFrame run(start, settings);
  if (run.ended()) return *run.ended();
  settings.stages = run.stages();
  auto const diagnosis = carry_out(fitted, settings, run.frame());
  auto manifest = run.frame().manifest(status_of(!diagnosis), diagnosis ? diagnosis->replicates : 0);
  manifest.seed = settings.seed;
  manifest.looks = diagnosis ? 1 : 0;
  RunTables tables;
  tables.fit = censored_fit_rows(fitted, diagnosis ? &*diagnosis : nullptr);
  DiagnosisText text{[&](int width) { return report_text(fitted, settings.level, diagnosis, width); }};
  if (diagnosis) {
    tables.advice = censored_advice_rows(fitted, *diagnosis);
    text.advised = {settings.level, false, runs::censored_advice(fitted, *diagnosis)};
  }
  return run.end(tables, manifest, text);
}

}  // namespace fisherlab::cli
