#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "cli/commands.hpp"
#include "cli/commands/diagnose_text.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/libraries.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/terminal.hpp"
#include "estimators/intervals.hpp"
#include "runs/data/data_file.hpp"
#include "runs/diagnosis.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/run_files.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/parameters.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

/// Data and model, checked and fitted.
struct Fitted {
  sim::AnyModel model;
  DataSummary data;
  estimators::FittedModel fit;
  runs::DiagnosisSettings settings;

  claims::Law law() const {
    claims::Law law{model, {}};
    for (auto const& p : fit.parameters) law.theta.push_back(p.estimate);
    return law;
  }
};

sim::AnyModel model_of(DiagnoseOptions const& options) {
  expects(options.model.has_value() && options.data.has_value(),
          "diagnose needs a model and a file, as in `fisherlab diagnose weibull data/ball_bearings.csv`");
  auto model =
      runs::make_model_with(*options.model, options.constants ? runs::parse_assignments(*options.constants, "--set")
                                                              : std::vector<runs::Assignment>());
  auto const& card = model->card();
  expects(card.regularity == sim::Regularity::regular,
          fmt::format("{} is outside the hypotheses of the theory (it {}), choose a regular model", card.name,
                      card.hypotheses));
  expects(model->dimension() == 1,
          fmt::format("{} has observations of several coordinates, choose a model of single numbers", card.name));
  return model;
}

/// Refuses what no sample of the model can be, or has no estimate from.
void check_data(sim::BatchModel const& model, std::vector<double> const& values, std::string const& name) {
  auto const& card = model.card();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (model.in_support({&values[i], 1})) continue;
    bool const is_fraction = runs::is_discrete(model) && values[i] != std::floor(values[i]);
    throw InputError(fmt::format(
        "'{}', observation {}: {} is {} ({} needs {}), correct the data or choose another model", name, i + 1,
        exact_text(values[i]), is_fraction ? "no whole number" : "outside the support", card.name, card.support));
  }
  expects(values.size() >= 2,
          fmt::format("'{}' has one observation (nothing can be said of its spread), give at least two", name));
  auto const [low, high] = std::minmax_element(values.begin(), values.end());
  expects(
      runs::is_discrete(model) || *low < *high,
      fmt::format("'{}' holds {} times the same value {} (the estimate does not exist or means nothing for {}), give "
                  "data that vary",
                  name, values.size(), exact_text(*low), card.name));
}

DataSummary summary_of(std::string const& name, std::vector<double> const& values) {
  double mean = 0, squares = 0, count = 0;
  for (double const x : values) {
    count += 1;
    double const step = x - mean;
    mean += step / count;
    squares += step * (x - mean);
  }
  return {name, static_cast<std::int64_t>(values.size()), mean, std::sqrt(squares / (count - 1))};
}

Fitted fit_of(DiagnoseOptions const& options) {
  Fitted fitted;
  fitted.model = model_of(options);
  auto& settings = fitted.settings;
  settings.level = parse_level(options.level);
  settings.replicates = parse_count(options.replicates, {"--replicates", 1000, runs::max_replicate_count});
  if (options.run.seed) settings.seed = parse_seed(*options.run.seed);
  if (options.run.threads)
    settings.threads = static_cast<int>(parse_count(*options.run.threads, {"--threads", 1, runs::max_thread_count}));
  auto const values = runs::read_column(*options.data, options.column);
  auto const name = printable(*options.data);
  check_data(*fitted.model, values, name);
  fitted.data = summary_of(name, values);
  runs::check_workload({fitted.data.n, 1, settings.replicates, settings.threads});
  fitted.fit = estimators::fit_data(*fitted.model, values, settings.level);
  auto const& card = fitted.model->card();
  expects(fitted.fit.found,
          fmt::format("the maximum likelihood estimate of {} does not exist for '{}', choose another model", card.name,
                      name));
  auto const problem = runs::theta_problem(*fitted.model, fitted.law().theta);
  expects(problem.empty(),
          fmt::format("the estimate from '{}' lies on the edge of {}: {}, so nothing can be simulated there", name,
                      card.name, problem));
  return fitted;
}

RunTables tables_of(Fitted const& fitted, std::optional<runs::Diagnosis> const& diagnosis) {
  RunTables tables;
  for (auto const& p : fitted.fit.parameters)
    tables.fit.push_back({p.name, p.estimate, p.std_error, p.wald.lower, p.wald.upper});
  if (diagnosis) tables.performance = diagnosis->performance;
  return tables;
}

std::string advice_text(runs::Diagnosis const& diagnosis, int width) {
  std::string text;
  for (auto const& sentence : runs::advice(diagnosis)) {
    std::string lead = "- ";
    for (auto const& line : wrapped(sentence, std::min(width, 100) - 2)) {
      text += lead + line + '\n';
      lead = "  ";
    }
  }
  return text;
}

/// Everything that is said, in paragraphs; `diagnosis` is null after an interruption.
std::string report_text(Fitted const& fitted, runs::Diagnosis const* diagnosis, int width) {
  auto text = data_text(fitted.data) + "\n\n" + fitted.model->card().title + " by maximum likelihood:\n\n" +
              fit_text(fitted.fit, fitted.settings.level) + '\n';
  if (diagnosis == nullptr) return text + "Interrupted: nothing was found out by simulation.\n";
  auto const lead = fmt::format(
      "What these are worth, from {} samples of n = {} simulated at the estimate, where the truth is known:",
      diagnosis->replicates, diagnosis->n);
  for (auto const& line : wrapped(lead, std::min(width, 100))) text += line + '\n';
  return text + '\n' + diagnosis_text(*diagnosis) +
         "\nIn brackets: Monte Carlo standard error; for the distance, half the width of its 99.9 % band.\n\n" +
         advice_text(*diagnosis, width);
}

std::optional<runs::Diagnosis> simulate_fit(Fitted& fitted, bool quiet) {
  StopSignal const stop;
  ProgressBar bar(!quiet);
  std::int64_t done = 0;
  auto const name = fmt::format("{}, n = {}", fitted.model->card().name, fitted.data.n);
  fitted.settings.stop = [] { return StopSignal::told(); };
  fitted.settings.advance = [&](std::int64_t replicates) {
    done += replicates;
    bar.show({name, 0, static_cast<double>(done) / static_cast<double>(fitted.settings.replicates), done});
  };
  try {
    return runs::diagnose(fitted.law(), fitted.data.n, fitted.settings);
  } catch (sim::Interrupted const&) {
    return std::nullopt;
  }
}

}  // namespace

int diagnose(DiagnoseOptions const& options) {
  Fitted fitted = fit_of(options);
  runs::RunFolder folder(options.run.out);
  runs::RunRecord const record(RunKind::diagnose, options.run.command, fitted.settings.threads, libraries());
  auto const diagnosis = simulate_fit(fitted, options.run.quiet);
  int const code = diagnosis ? exit_success : exit_broken;
  auto const* const found = diagnosis ? &*diagnosis : nullptr;

  auto manifest = record.manifest(diagnosis ? RunStatus::complete : RunStatus::interrupted);
  manifest.seed = fitted.settings.seed;
  manifest.replicates = diagnosis ? diagnosis->replicates : 0;
  manifest.replicates_per_second = static_cast<double>(manifest.replicates) / manifest.wall_seconds;
  manifest.looks = diagnosis ? 1 : 0;
  if (diagnosis) manifest.fingerprint = diagnosis->fingerprint;
  manifest.exit_code = code;
  folder.write_tables(tables_of(fitted, diagnosis), RunKind::diagnose);
  folder.write("summary.md", "# Diagnosis\n\n```text\n" + report_text(fitted, found, 100) + "```\n");
  folder.write_manifest(manifest);

  auto const text =
      report_text(fitted, found, standard_output().width) +
      fmt::format("\nSeed {}, {}.\n{}\n", manifest.seed, duration_text(manifest.wall_seconds), folder.sentence());
  std::fputs(text.c_str(), stdout);
  return code;
}

}  // namespace fisherlab::cli
