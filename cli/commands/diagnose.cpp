#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "cli/command_line/command.hpp"
#include "cli/diagnose/diagnose_censored.hpp"
#include "cli/diagnose/diagnose_families.hpp"
#include "cli/diagnose/diagnose_found.hpp"
#include "cli/diagnose/diagnose_report.hpp"
#include "cli/diagnose/diagnose_watch.hpp"
#include "cli/regression/diagnose_regression.hpp"
#include "cli/run/data_options.hpp"
#include "cli/run/model_file.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/families.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "runs/diagnosis/functions/functions.hpp"
#include "runs/diagnosis/regression/fitted_formula.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::optional<std::string> model;
  std::optional<std::string> data;
  runs::ObservationColumns columns;
  runs::ReadingWords reading;
  std::optional<std::string> constants;
  std::optional<std::string> functions;
  std::optional<std::string> formula;
  std::optional<std::string> weights;
  std::string level = "0.95";
  std::optional<std::string> replicates;
  std::optional<std::string> budget;
  bool html = false;
  bool resume = false;
  ModelFileOption models;
  std::string model_text;  ///< of that file
  RunOptions run;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments
      .place(values::model(arguments.catalogue()), options.model,
             "A regular model (`fisherlab list models`), several with commas, or all: families are then ranked")
      .is_needed = true;
  arguments.place(values::file("DATA"), options.data, "A CSV file, one observation a line; - for standard input")
      .is_needed = true;
  arguments.option("--column", values::plain("HEADER"), options.columns.values,
                   "The column to read, where there are several");
  arguments.option("--count", values::plain("HEADER"), options.columns.count,
                   "The column that says how often each observation was made");
  arguments.option("--event", values::plain("HEADER"), options.columns.event,
                   "The column that is 1 for an observation and 0 for one that is known to be larger (censored)");
  arguments.option("--lower", values::plain("HEADER"), options.columns.lower,
                   "With --upper: the column below which an observation does not lie; empty, NA or -Inf for none");
  arguments.option("--upper", values::plain("HEADER"), options.columns.upper,
                   "The column above which it does not lie; empty, NA or Inf for none; equal to --lower: exact");
  arguments.option("--set", values::plain("NAME=X"), options.constants, "Known constants of the model, as sd=2");
  arguments.option("--of", values::plain("FUNCTION,..."), options.functions,
                   "Functions of the parameters: mean, sd, variance, median, quantile(P), tail(X), and products and "
                   "ratios, as sd/mean");
  arguments.option("--formula", values::plain("FORMULA"), options.formula,
                   "Of a regression, as 'y ~ x1 + log(x2) + group + x1:group'");
  arguments.option("--weights", values::plain("HEADER"), options.weights,
                   "The column of weights of a regression; numbers of trials of a logistic one");
  arguments.option("--level", values::plain("P"), options.level, "Confidence level of the intervals");
  arguments.option("--replicates", values::plain("N"), options.replicates,
                   "Simulated samples, as many as --budget allows up to 65536 unless set; 8192 with --formula");
  arguments.option("--budget", values::plain("SECONDS"), options.budget,
                   "About how long it may take, 30 unless set: fewer samples are simulated where 65536 take longer");
  arguments.flag("--html", options.html, "Write report.html too: a page with pictures and the advice");
  add_data_options(arguments, options.reading);
  arguments.flag("--resume", options.resume, "Go on with the run in the folder that did not come to its end");
  add_model_file_option(arguments, options.models);
  add_run_options(arguments, options.run);
}

sim::AnyModel read_model(Options const& options) {
  auto const constants =
      options.constants ? runs::parse_assignments(*options.constants, "--set") : std::vector<runs::Assignment>();
  auto model = runs::make_model_with(*options.model, constants, options.catalogue->models);
  runs::check_diagnosable(*model);
  return model;
}

/// Whether some observations are known by an end or two alone.
bool is_censored(Options const& options) { return options.columns.event || options.columns.lower; }

void check_ends(runs::ObservationColumns const& columns) {
  expects(columns.lower.has_value() == columns.upper.has_value(),
          fmt::format("--{} is given without --{} (an observation lies between the two), give both",
                      columns.lower ? "lower" : "upper", columns.lower ? "upper" : "lower"));
  expects(!columns.lower || (!columns.values && !columns.event),
          "--lower and --upper stand for --column and --event (equal ends are an observation), leave those out");
}

runs::DiagnosisSettings read_settings(Options const& options) {
  runs::DiagnosisSettings settings;
  settings.level = parse_level(options.level);
  settings.replicates = 65'536;
  if (options.replicates)
    settings.replicates = parse_count(*options.replicates, {"--replicates", 1000, runs::max_replicate_count});
  read_run_options(options.run, settings.seed, settings.threads);
  return settings;
}

/// Seconds; without end where the replicates are given.
double read_budget(Options const& options) {
  expects(!options.budget || !options.replicates, "--budget and --replicates both say how much to simulate, give one");
  if (options.replicates) return HUGE_VAL;
  double const seconds = options.budget ? parse_number(*options.budget, "--budget") : 30;
  expects(seconds > 0 && seconds < HUGE_VAL, fmt::format("--budget is {}, give seconds above 0", seconds));
  return seconds;
}

DiagnosisStart start_of(Options const& options, runs::Observations const& data,
                        runs::DiagnosisSettings const& settings) {
  DiagnosisStart start{options.run, facts_of(data, settings), options.resume};
  start.facts.emplace_back("model", *options.model);
  start.facts.emplace_back("set", options.constants.value_or("none"));
  start.facts.emplace_back("of", options.functions.value_or("none"));
  start.facts.emplace_back("budget", options.budget.value_or("none"));
  start.facts.emplace_back("html", options.html ? "yes" : "no");
  start.facts.emplace_back("the model file", options.model_text.empty() ? "none" : options.model_text);
  return start;
}

runs::Observations read_data(Options const& options) {
  ProgressBar bar(!options.run.quiet);
  return runs::read_observations(*options.data, options.columns,
                                 with_bar(runs::parse_reading(options.reading), *options.data, bar));
}

/// Several families, or all.
int run_several(Options const& options) {
  auto const alone = " (models are ranked without it), leave it out or name one model";
  expects(!options.constants, std::string("--set gives the constants of one model") + alone);
  expects(!options.functions, std::string("--of is for one model") + alone);
  expects(!options.replicates, std::string("--replicates is for the intervals of one model") + alone);
  auto const settings = read_settings(options);
  auto const data = read_data(options);
  expects(!options.budget, std::string("--budget is for the intervals of one model") + alone);
  auto const run = is_censored(options) ? run_censored_families : run_families;
  return run(*options.model, options.catalogue->models, data, settings, start_of(options, data, settings),
             options.html);
}

/// A regression under a formula.
int run_formula(Options const& options) {
  auto const& model = *options.model;
  auto const is_left_out = [&](bool is_given, char const* option) {
    expects(!is_given, fmt::format("{} is not for {}, leave it out", option, model));
  };
  expects(options.formula.has_value(), model + " needs --formula, as --formula 'y ~ x1 + x2'");
  is_left_out(options.columns.values.has_value(), "--column");
  is_left_out(options.columns.event.has_value(), "--event");
  is_left_out(options.columns.lower.has_value(), "--lower");
  is_left_out(options.constants.has_value(), "--set");
  is_left_out(options.functions.has_value(), "--of");
  auto const settings = read_settings(options);
  auto const budget = read_budget(options);
  return run_regression({.model = model,
                         .file = *options.data,
                         .formula = *options.formula,
                         .weights = options.weights,
                         .count = options.columns.count,
                         .reading = runs::parse_reading(options.reading),
                         .has_replicates = options.replicates.has_value(),
                         .budget = options.budget ? std::optional(budget) : std::nullopt,
                         .has_page = options.html,
                         .resume = options.resume},
                        settings, options.run);
}

/// The fit; of many observations with a bar of its own, and on all threads.
runs::FittedData fit_observations(sim::AnyModel const& model, runs::Observations const& data,
                                  runs::DiagnosisSettings const& settings, bool is_quiet) {
  constexpr std::size_t many = 100'000;
  if (data.values.size() < many) return runs::fit_to_data(model, data, settings.level);
  ProgressBar bar(!is_quiet);
  auto const all = model->parameter_count();
  auto const show = [&](std::int64_t done) {
    bar.show(
        {fmt::format("fitting {} rows", data.values.size()), 0, static_cast<double>(done) / all, done, "parameters"});
  };
  show(0);
  return runs::fit_to_data(model, data, settings.level, {settings.threads, show});
}

/// A regression among several models.
void check_no_regression(std::string const& models) {
  for (auto const& name : runs::regression_names())
    for (std::size_t at = 0; at <= models.size(); at = std::min(models.find(',', at), models.size()) + 1)
      expects(models.substr(at, std::min(models.find(',', at), models.size()) - at) != name,
              fmt::format("{} stands among several models (a regression is no family that is ranked), name it alone, "
                          "with --formula",
                          name));
}

/// Finds out in a folder, and writes and prints it.
int end_diagnosis(DiagnosisStart const& start, runs::DiagnosisSettings const& settings, bool has_page,
                  std::function<Found(runs::DiagnosisSettings const&, RunFrame const&)> const& find) {
  DiagnosisFrame run(start, settings);
  if (run.ended()) return *run.ended();
  auto kept = settings;
  kept.stages = run.stages();
  auto found = find(kept, run.frame());
  auto tables = tables_of(found);
  tables.points = reports::kept_points(found.pictures);
  auto const manifest = manifest_of(settings.seed, found, run.frame());
  DiagnosisText text{[&](int width) { return report_text(found, settings.level, width); }};
  if (found.diagnosis)
    text.advised = {settings.level, found.goodness && found.goodness->is_refuted, runs::advice(found.findings())};
  if (has_page) text.page = [&](std::string const& plain) { return page_of(found, plain, manifest); };
  return run.end(tables, manifest, text);
}

int run_known(Options const& options) {
  expects(options.model.has_value() && options.data.has_value(),
          "diagnose needs a model and a file, as in `fisherlab diagnose weibull data/ball_bearings.csv`");
  check_ends(options.columns);
  if (runs::regression_family(*options.model)) return run_formula(options);
  check_no_regression(*options.model);
  expects(!options.formula && !options.weights,
          fmt::format("{} is for a regression: {}", options.formula ? "--formula" : "--weights",
                      fmt::join(runs::regression_names(), ", ")));
  if (runs::names_several(*options.model)) return run_several(options);
  auto const model = read_model(options);
  auto const settings = read_settings(options);
  auto const budget = read_budget(options);
  auto const functions =
      options.functions ? runs::parse_functions(*options.functions) : std::vector<runs::FunctionOf>();
  auto const data = read_data(options);
  runs::check_workload({runs::simulated_n(std::ssize(data.values)), 1, settings.replicates, settings.threads});
  auto const start = start_of(options, data, settings);
  Limits const limits{budget, options.html};
  auto const& models = options.catalogue->models;
  if (is_censored(options)) {
    auto const fitted = runs::fit_censored_data(model, data, settings.level);
    runs::check_functions(fitted.fitted, functions);
    return end_diagnosis(start, settings, options.html, [&](auto const& kept, auto const& frame) {
      return find_out_censored(fitted, data, functions, models, limits, kept, frame);
    });
  }
  auto const fitted = fit_observations(model, data, settings, options.run.quiet);
  runs::check_functions(fitted, functions);
  return end_diagnosis(start, settings, options.html, [&](auto const& kept, auto const& frame) {
    return find_out(fitted, data, functions, models, limits, kept, frame);
  });
}

int run(Options const& given) {
  auto const [catalogue, text] = known_models(given.models, *given.catalogue);
  auto options = given;
  options.catalogue = &catalogue;
  options.model_text = text;
  return run_known(options);
}

}  // namespace

Command diagnose_command() {
  return make_command<Options>({.name = "diagnose",
                                .meaning = "Fit real data and say what its standard errors and intervals are worth",
                                .footer = "  fisherlab diagnose weibull data/ball_bearings.csv\n"
                                          "  fisherlab diagnose normal_mean lengths.csv --set sd=2 --column length\n"
                                          "  fisherlab diagnose all data/ball_bearings.csv\n"
                                          "  fisherlab diagnose poisson_regression data/looms.csv "
                                          "--formula 'breaks ~ wool * tension'"},
                               add, run);
}

}  // namespace fisherlab::cli
