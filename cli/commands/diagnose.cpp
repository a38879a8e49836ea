#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "cli/command_line/command.hpp"
#include "cli/commands/diagnose_censored.hpp"
#include "cli/commands/diagnose_text.hpp"
#include "cli/run/data_options.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/parameters.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::optional<std::string> model;
  std::optional<std::string> data;
  runs::ObservationColumns columns;
  runs::ReadingWords reading;
  std::optional<std::string> constants;
  std::string level = "0.95";
  std::optional<std::string> replicates;
  RunOptions run;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments.place(values::model(arguments.catalogue()), options.model, "A regular model (`fisherlab list models`)")
      .is_needed = true;
  arguments.place(values::file("DATA"), options.data, "A CSV file, one observation a line; - for standard input")
      .is_needed = true;
  arguments.option("--column", values::plain("HEADER"), options.columns.values,
                   "The column to read, where there are several");
  arguments.option("--count", values::plain("HEADER"), options.columns.count,
                   "The column that says how often each observation was made");
  arguments.option("--event", values::plain("HEADER"), options.columns.event,
                   "The column that is 1 for an observation and 0 for one that is known to be larger (censored)");
  arguments.option("--set", values::plain("NAME=X"), options.constants, "Known constants of the model, as sd=2");
  arguments.option("--level", values::plain("P"), options.level, "Confidence level of the intervals");
  arguments.option("--replicates", values::plain("N"), options.replicates,
                   "Simulated samples, 65536 unless set, 8192 with --event");
  add_data_options(arguments, options.reading);
  add_run_options(arguments, options.run);
}

sim::AnyModel read_model(Options const& options) {
  expects(options.model.has_value() && options.data.has_value(),
          "diagnose needs a model and a file, as in `fisherlab diagnose weibull data/ball_bearings.csv`");
  auto const constants =
      options.constants ? runs::parse_assignments(*options.constants, "--set") : std::vector<runs::Assignment>();
  auto model = runs::make_model_with(*options.model, constants, options.catalogue->models);
  runs::check_diagnosable(*model);
  return model;
}

runs::DiagnosisSettings read_settings(Options const& options) {
  runs::DiagnosisSettings settings;
  settings.level = parse_level(options.level);
  settings.replicates = options.columns.event ? 8192 : 65'536;
  if (options.replicates)
    settings.replicates = parse_count(*options.replicates, {"--replicates", 1000, runs::max_replicate_count});
  read_run_options(options.run, settings.seed, settings.threads);
  return settings;
}

/// What was found out of a fit.
struct Found {
  std::optional<runs::Diagnosis> diagnosis;  ///< null after an interruption
  runs::Goodness goodness;
  std::vector<runs::Needs> needs;
};

/// Simulates at the fit, and along n unless the data refute the model.
Found find_out(runs::FittedData const& fitted, runs::Observations const& data, runs::DiagnosisSettings settings,
               RunFrame const& frame) {
  auto const name = fmt::format("{}, n = {}", fitted.model->card().name, fitted.data.n);
  Found found;
  found.goodness = runs::check_model(fitted, data, {settings.seed, settings.level, settings.threads});
  frame.watch([&](Watch const& watch) {
    std::int64_t done = 0;
    settings.stop = watch.stop;
    settings.advance = [&](std::int64_t replicates) {
      done += replicates;
      watch.progress({name, 0, static_cast<double>(done) / static_cast<double>(settings.replicates), done});
    };
    try {
      found.diagnosis = runs::diagnose(fitted.law(), fitted.data.n, settings);
      if (!found.goodness.is_refuted) found.needs = runs::search_needed_n(fitted.law(), *found.diagnosis, settings);
    } catch (sim::Interrupted const&) {
      found.diagnosis.reset();
    }
    return 0;
  });
  return found;
}

RunTables tables_of(estimators::FittedModel const& fit, std::optional<runs::Diagnosis> const& diagnosis) {
  RunTables tables;
  for (auto const& p : fit.parameters)
    tables.fit.push_back({p.name, p.estimate, p.std_error, p.wald.lower, p.wald.upper});
  if (diagnosis) tables.performance = diagnosis->performance;
  return tables;
}

std::string advice_text(runs::FittedData const& fitted, Found const& found, int width) {
  std::string text;
  for (auto const& sentence : runs::advice({fitted.fit, *found.diagnosis, found.needs, &found.goodness}))
    text += bullet_text(sentence, width);
  return text;
}

/// Everything that is said, in paragraphs.
std::string report_text(runs::FittedData const& fitted, double level, Found const& found, int width) {
  auto const& diagnosis = found.diagnosis;
  auto const checked = notes_text({runs::goodness_sentence(fitted, found.goodness)}, width);
  auto const criteria = criteria_text(found.goodness, width);
  auto text = (found.goodness.is_refuted ? checked : "") + data_text(fitted.data) + '\n' +
              notes_text(fitted.data.notes, width) + (found.goodness.is_refuted ? "" : checked) + criteria + '\n' +
              fitted.model->card().title + " by maximum likelihood:\n\n" + fit_text(fitted.fit, level) + '\n';
  if (!diagnosis) return text + "Interrupted: nothing was found out by simulation.\n";
  auto const lead = fmt::format(
      "What these are worth, from {} samples of n = {} simulated at the estimate, where the truth is known:",
      diagnosis->replicates, diagnosis->n);
  for (auto const& line : wrapped(lead, std::min(width, 100))) text += line + '\n';
  return text + '\n' + diagnosis_text(*diagnosis) +
         "\nIn brackets: Monte Carlo standard error; for the distance, half the width of its 99.9 % band.\n\n" +
         advice_text(fitted, found, width);
}

Manifest manifest_of(std::uint64_t seed, std::optional<runs::Diagnosis> const& diagnosis, RunFrame const& frame) {
  auto manifest = frame.manifest(status_of(!diagnosis), diagnosis ? diagnosis->replicates : 0);
  manifest.seed = seed;
  manifest.looks = diagnosis ? 1 : 0;
  if (diagnosis) manifest.fingerprint = diagnosis->fingerprint;
  return manifest;
}

int run(Options const& options) {
  auto const model = read_model(options);
  auto const settings = read_settings(options);
  auto const data = runs::read_observations(*options.data, options.columns, runs::parse_reading(options.reading));
  runs::check_workload({std::ssize(data.values), 1, settings.replicates, settings.threads});
  if (options.columns.event) return run_censored(model, data, settings, options.run);
  auto const fitted = runs::fit_to_data(model, data, settings.level);
  RunFrame frame(RunKind::diagnose, options.run, settings.threads);
  auto const found = find_out(fitted, data, settings, frame);
  auto const& diagnosis = found.diagnosis;
  auto const manifest = manifest_of(settings.seed, diagnosis, frame);
  auto const text = [&](int width) { return report_text(fitted, settings.level, found, width); };
  frame.write_tables(tables_of(fitted.fit, diagnosis));
  frame.folder().write("summary.md", "# Diagnosis\n\n```text\n" + text(100) + "```\n");
  frame.folder().write_manifest(manifest);
  frame.say(text(standard_output().width) + seed_sentence(manifest));
  return manifest.exit_code;
}

}  // namespace

Command diagnose_command() {
  return make_command<Options>({.name = "diagnose",
                                .meaning = "Fit real data and say what its standard errors and intervals are worth",
                                .footer = "  fisherlab diagnose weibull data/ball_bearings.csv\n"
                                          "  fisherlab diagnose normal_mean lengths.csv --set sd=2 --column length"},
                               add, run);
}

}  // namespace fisherlab::cli
