#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "cli/command_line/command.hpp"
#include "cli/commands/influence_page.hpp"
#include "cli/commands/influence_text.hpp"
#include "cli/run/data_options.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "reports/page/html.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/influence/collinear.hpp"
#include "runs/influence/influence_rows.hpp"
#include "runs/influence/influence_run.hpp"
#include "runs/influence/refit_state.hpp"
#include "runs/influence/refits.hpp"

namespace fisherlab::cli {
namespace {

namespace est = estimators::influence;

struct Options {
  std::optional<std::string> data;
  std::optional<std::string> model;
  std::optional<std::string> label;
  std::optional<std::string> formula;
  std::optional<std::string> weights;
  std::optional<std::string> l2;
  std::optional<std::string> depth;
  std::optional<std::string> width;
  std::optional<std::string> test;
  std::optional<std::string> holdout;
  std::string solver = "cholesky";
  std::optional<std::string> damping;
  std::string convention = "A";
  std::optional<std::string> refit;
  std::optional<std::string> group;
  bool standardise = false;
  bool resume = false;
  runs::ReadingWords reading;
  RunOptions run;
};

std::vector<std::string> solvers() { return {"cholesky", "cg", "lissa", "lanczos"}; }
std::vector<std::string> conventions() { return {"A", "B"}; }

void add(Arguments& arguments, Options& options) {
  auto const number = values::plain("X"), count = values::plain("N"), header = values::plain("HEADER");
  arguments
      .place(values::file("DATA"), options.data, "A CSV file with a header line, one row a line; - for standard input")
      .is_needed = true;
  arguments
      .option("--model", values::one_of("PROBLEM", est::problem_names()), options.model,
              "linear, logistic, softmax, poisson, negative_binomial or mlp")
      .is_needed = true;
  arguments.option("--label", header, options.label,
                   "The column to predict; else label, target, class, species or y, else the last");
  arguments.option(
      "--formula", values::plain("FORMULA"), options.formula,
      "Of a regression: inputs and label, as 'y ~ log(x) + group + offset(log(t))'; factors, as in diagnose");
  arguments.option("--weights", header, options.weights,
                   "With a formula: the column of weights; of logistic, numbers of trials");
  arguments.option("--l2", number, options.l2,
                   "Penalty; 0 for linear, poisson and negative_binomial, 0.01 for the others unless given");
  arguments.option("--depth", count, options.depth, "Hidden layers of mlp, 1 unless given");
  arguments.option("--width", count, options.width, "Units of a layer of mlp, 5 unless given");
  arguments.option("--test", values::file("FILE"), options.test, "Test rows from this file");
  arguments.option("--holdout", number, options.holdout, "Hold this share of the rows out as test rows, as 0.2");
  arguments.option("--solver", values::one_of("SOLVER", solvers()), options.solver, "cholesky, cg, lissa or lanczos");
  arguments.option("--damping", number, options.damping, "Solve with the Hessian plus this much of the identity");
  arguments.option("--convention", values::one_of("CONVENTION", conventions()), options.convention,
                   "A: mean over the rows left; B: the penalty of all rows is kept");
  arguments.option("--refit", values::one_of("ROWS", {"all", "none", "top:20"}), options.refit,
                   "all, top:K or none; all unless given, or top:20 where that takes over a minute");
  arguments.option("--group", header, options.group, "Also remove all rows of each value of this column together");
  arguments.flag("--standardise", options.standardise, "Fit to the z-scores of the inputs");
  arguments.flag("--resume", options.resume, "Go on with the run in the folder that did not come to its end");
  add_data_options(arguments, options.reading);
  add_run_options(arguments, options.run);
}

std::string shown(std::string const& text) { return clipped(printable(text), 40); }

std::string chosen(std::string const& word, std::vector<std::string> const& names, std::string const& what) {
  expects(std::find(names.begin(), names.end(), word) != names.end(),
          fmt::format("there is no {} '{}', {}", what, shown(word), suggestion(word, names)));
  return word;
}

double parse_not_negative(std::string const& text, std::string const& name) {
  double const value = parse_number(text, name);
  expects(value >= 0, fmt::format("{} is {} (it must not be negative), correct it", name, exact_text(value)));
  return value;
}

runs::RefitChoice parse_refit(std::string const& text) {
  using Kind = runs::RefitChoice::Kind;
  if (text == "all") return {Kind::all, 0};
  if (text == "none") return {Kind::none, 0};
  expects(text.starts_with("top:"),
          fmt::format("--refit is '{}' (not all, none or top:K), as --refit top:20", shown(text)));
  return {Kind::top,
          static_cast<int>(parse_count(text.substr(4), {"--refit top", 1, std::numeric_limits<int>::max()}))};
}

void read_model(Options const& options, runs::InfluenceSettings& settings) {
  expects(options.model.has_value(),
          "influence needs --model, one of linear, logistic, softmax, poisson, negative_binomial, mlp");
  settings.model = chosen(*options.model, est::problem_names(), "model of influence");
  bool const is_network = settings.model == "mlp";
  expects(is_network || (!options.depth && !options.width),
          fmt::format("--depth and --width are given for {} (only mlp has layers), leave them out", settings.model));
  if (options.depth) settings.network.depth = static_cast<int>(parse_count(*options.depth, {"--depth", 1, 100}));
  if (options.width) settings.network.width = static_cast<int>(parse_count(*options.width, {"--width", 1, 10'000}));
  double const usual = runs::is_classifier(settings.model) ? 0.01 : 0;
  settings.l2 = options.l2 ? parse_not_negative(*options.l2, "--l2") : usual;
}

runs::InfluenceSettings read_settings(Options const& options) {
  runs::InfluenceSettings settings;
  expects(options.data.has_value(),
          "influence needs a CSV file, as in `fisherlab influence data/iris.csv --model softmax`");
  read_model(options, settings);
  settings.solver.solver = *est::solver_of(chosen(options.solver, solvers(), "solver"));
  if (options.damping) settings.solver.damping = parse_not_negative(*options.damping, "--damping");
  bool const is_mean = chosen(options.convention, conventions(), "convention") == "A";
  settings.convention = is_mean ? est::Convention::mean : est::Convention::total;
  if (options.refit) settings.refit = parse_refit(*options.refit);
  read_run_options(options.run, settings.seed, settings.threads);
  return settings;
}

runs::InfluenceData read_data(Options const& options, runs::InfluenceSettings const& settings) {
  runs::InfluenceSource source{.file = *options.data,
                               .label = options.label,
                               .classification = runs::is_classifier(settings.model),
                               .test = options.test,
                               .group = options.group,
                               .standardised = options.standardise,
                               .seed = settings.seed,
                               .reading = runs::parse_reading(options.reading),
                               .formula = options.formula,
                               .counts = runs::predicts_counts(settings.model),
                               .weights = options.weights};
  bool const takes_formula = settings.model != "softmax" && settings.model != "mlp";
  expects(!options.formula || takes_formula,
          fmt::format("--formula is for linear, logistic, poisson and negative_binomial (not {}), leave it out",
                      settings.model));
  expects(!options.weights || options.formula, "--weights is given without --formula (which it goes with), give one");
  expects(!options.weights || settings.model != "negative_binomial",
          "--weights is not there for negative_binomial (the law of a mean of counts has another size), leave it out");
  expects(!options.formula || !options.label,
          "--label and --formula are both given (a formula names its own label), use one");
  if (options.holdout) source.holdout = parse_number(*options.holdout, "--holdout");
  return runs::read_influence_data(source);
}

/// What decides the numbers of the run.
runs::RunFacts facts_of(runs::InfluenceRun const& run) {
  auto const& refit = run.settings.refit;
  return {{"version", runs::version()},
          {"the settings", runs::sha256(fmt::format("{} {} {}", run.study(), static_cast<int>(refit.kind), refit.top))},
          {"the data", runs::digest_of(*run.data)},
          {"seed", std::to_string(run.settings.seed)}};
}

void make_refits(runs::InfluenceRun& run, RunFrame const& frame, std::string resumed, runs::Saver& saver) {
  frame.watch([&](Watch const& watch) {
    runs::InfluenceHooks hooks;
    hooks.stop = watch.stop;
    hooks.progress = [&watch](runs::RefitProgress const& p) {
      if (p.done == 0) return watch.restart();
      double const share = static_cast<double>(p.done) / static_cast<double>(p.planned);
      watch.progress({"refits without a row", 0, share, p.done, "refits"});
    };
    if (!frame.is_quiet()) hooks.note = [](std::string const& text) { std::fputs((text + '\n').c_str(), stderr); };
    hooks.elapsed_seconds = watch.elapsed_seconds;
    hooks.save = [&](std::string state) { saver.save(std::move(state), watch.elapsed_seconds()); };
    hooks.resumed = std::move(resumed);
    runs::make_refits(run, hooks);
    saver.finish();
  });
}

/// What is said, without a clock; `written`: how many rows leave_one_out.csv holds.
std::string report_text(runs::InfluenceRun const& run, std::size_t written, int width) {
  auto text = influence_text(run, width);
  if (written < static_cast<std::size_t>(run.data->train.rows()))
    text += fmt::format("leave_one_out.csv holds the {} rows named above ({} lines would be needed for all).\n",
                        written, runs::lines_of_all(run));
  if (run.interrupted)
    text += fmt::format("\nInterrupted after {} refits; they are on disk, and --resume goes on.\n",
                        run.analysis.refits.size());
  return text;
}

int run(Options const& options) {
  auto const settings = read_settings(options);
  auto data = read_data(options, settings);
  bool const is_bare = settings.l2 == 0 && settings.solver.damping == 0;
  if (is_bare && settings.model != "softmax" && settings.model != "mlp") runs::check_independent_columns(data);
  RunFrame frame(RunKind::influence, options.run, settings.threads);
  auto run = runs::predict_removals(settings, std::move(data));
  frame.is_of(facts_of(run));
  std::string resumed;
  if (options.resume) {
    if (auto const exit_code = frame.has_ended()) return *exit_code;
    resumed = frame.resume();
  }
  frame.begin(settings.seed);
  auto const saver = frame.saver();
  make_refits(run, frame, std::move(resumed), *saver);
  if (!saver->trouble().empty()) std::fputs(("The state was not saved: " + saver->trouble() + '\n').c_str(), stderr);
  runs::forget_inputs(run);
  RecordedRun tables;
  tables.influence = runs::influence_rows(run);
  tables.manifest = frame.manifest(status_of(run.interrupted), std::ssize(run.analysis.refits));
  tables.manifest.study = run.study();
  tables.manifest.seed = settings.seed;
  auto const written = runs::rows_left_out(run);
  tables.leave_one_out = runs::leave_one_out_rows(run, written);
  tables.cases = runs::case_rows(run);
  auto parts = influence_parts(run, report_text(run, written.size(), 100));
  for (auto& part : parts) reports::keep_points(part.figures, tables.points);
  auto const text = [&](int width) { return report_text(run, written.size(), width); };
  frame.write_and_say(
      [&] {
        frame.write_tables(tables);
        frame.folder().write("summary.md", "# Influence\n\n```text\n" + text(100) + "```\n");
        frame.folder().write("report.html", reports::html_report(tables, {.cards = {}, .parts = &parts}));
        frame.folder().write_manifest(tables.manifest);
      },
      text(standard_output().width) + seed_sentence(tables.manifest));
  if (!run.interrupted) frame.forget_state();
  return tables.manifest.exit_code;
}

}  // namespace

Command influence_command() {
  return make_command<Options>(
      {.name = "influence",
       .meaning = "Say which rows of a data set a fitted model hangs on, and prove it by refitting",
       .footer = "Exit code: 0 done, 2 bad input or no minimum to start from, 3 broken or interrupted.\n\n"
                 "  fisherlab influence data/iris.csv --model softmax --holdout 0.2\n"
                 "  fisherlab influence data/digits.csv --model softmax --label label --l2 0.01 --refit all"},
      add, run);
}

}  // namespace fisherlab::cli
