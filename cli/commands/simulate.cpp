#include "runs/simulate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
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
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "reports/tables/performance_text.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::optional<std::string> model;
  std::optional<std::string> theta;
  std::optional<std::string> n;
  std::string replicates = "1e5";
  std::string estimators = "mle";
  std::string level = "0.95";
  std::string controls = "none";
  bool resume = false;
  RunOptions run;
};

std::vector<std::string> control_names() { return {"none", "score"}; }

/// Whether there are any. @throws InputError for another word.
bool read_controls(std::string const& word) {
  auto const names = control_names();
  expects(std::find(names.begin(), names.end(), word) != names.end(),
          fmt::format("there are no controls '{}', {}", clipped(printable(word), 40), suggestion(word, names)));
  return word == "score";
}

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  auto const pairs = values::list_of(values::plain("NAME=X")), counts = values::list_of(values::plain("N"));
  arguments.place(values::model(arguments.catalogue()), options.model, "A model (`fisherlab list models`)").is_needed =
      true;
  arguments.option("--theta", pairs, options.theta, "Parameters and known constants").is_needed = true;
  arguments.option("--n", counts, options.n, "Sample sizes").is_needed = true;
  arguments.option("--replicates", values::plain("N"), options.replicates, "Replicates of each");
  arguments.option("--estimator", values::list_of(values::estimator(arguments.catalogue())), options.estimators,
                   "Estimators (`fisherlab list estimators`)");
  arguments.option("--level", values::plain("P"), options.level, "Level of the Wald interval");
  arguments.option("--controls", values::one_of("CONTROLS", control_names()), options.controls,
                   "none, or score: bias and SE also by control variates");
  arguments.flag("--resume", options.resume, "Go on with the run in the folder that did not come to its end");
  add_run_options(arguments, options.run);
}

runs::Simulation read(Options const& options) {
  expects(options.model.has_value(),
          "simulate needs a model, as in `fisherlab simulate gamma --theta shape=2.5,rate=1.3 --n 100`");
  auto const card = runs::model_card(*options.model, options.catalogue->models);
  expects(options.theta.has_value(),
          fmt::format("simulate needs --theta with the parameters of {}: {}", card.name, runs::parameter_names(card)));
  expects(options.n.has_value(), "simulate needs --n with the sample size, as in --n 100");
  runs::Simulation simulation;
  simulation.law =
      runs::make_law(*options.model, runs::parse_assignments(*options.theta, "--theta"), options.catalogue->models);
  simulation.sizes = parse_counts(*options.n, {"--n", 1, runs::max_sample_size});
  simulation.replicates = parse_count(options.replicates, {"--replicates", 2, runs::max_replicate_count});
  simulation.level = parse_level(options.level);
  simulation.score_controls = read_controls(options.controls);
  simulation.estimators = runs::make_estimators(split_list(options.estimators, "--estimator"), simulation.law.model,
                                                "--estimator", options.catalogue->estimators);
  read_run_options(options.run, simulation.seed, simulation.threads);
  runs::check(simulation);
  return simulation;
}

std::string text_of(runs::Simulation const& simulation, runs::SimulationResult const& result,
                    Manifest const& manifest) {
  auto const width = standard_output().width;
  auto const& card = simulation.law.model->card();
  std::string text = reports::performance_text(result.performance, width);
  for (auto const& line : wrapped("Hypotheses: " + card.name + " " + card.hypotheses + ".", std::min(width, 100)))
    text += line + '\n';
  if (result.interrupted) text += "\nInterrupted: only sample sizes that were done are shown; --resume goes on.\n";
  return text + fmt::format("\n{} replicates in {}, {} replicates/s, seed {}.\n",
                            count_text(static_cast<double>(result.replicates)), duration_text(manifest.wall_seconds),
                            count_text(manifest.replicates_per_second), simulation.seed);
}

/// The simulation as run, in TOML.
std::string study_of(runs::Simulation const& simulation) {
  std::vector<std::string> names;
  for (auto const& estimator : simulation.estimators) names.push_back('"' + estimator->name() + '"');
  auto const text = fmt::format(
      "model = \"{}\"\nparameters = \"{}\"\nn = [{}]\nreplicates = {}\nestimators = [{}]\nlevel = {}\n",
      simulation.law.model->card().name, claims::parameters_text(simulation.law), fmt::join(simulation.sizes, ", "),
      simulation.replicates, fmt::join(names, ", "), exact_text(simulation.level));
  return simulation.score_controls ? text + "controls = \"score\"\n" : text;
}

runs::SimulationResult carry_out(runs::Simulation const& simulation, RunFrame const& frame, std::string resumed,
                                 runs::Saver& saver) {
  return frame.watch([&](Watch const& watch) {
    auto const show = [&watch](runs::SimulationProgress const& p) {
      watch.progress({p.scenario, 0, p.share, p.replicates});
    };
    runs::SimulationHooks hooks{watch.stop, show, watch.elapsed_seconds};
    hooks.save = [&](std::string state) { saver.save(std::move(state), watch.elapsed_seconds()); };
    hooks.resumed = std::move(resumed);
    auto result = runs::simulate(simulation, hooks);
    saver.finish();
    return result;
  });
}

int run(Options const& options) {
  auto const simulation = read(options);
  RunFrame frame(RunKind::simulate, options.run, simulation.threads);
  auto const study = study_of(simulation);
  runs::RunFacts const facts = {
      {"version", runs::version()}, {"the simulation", runs::sha256(study)}, {"seed", std::to_string(simulation.seed)}};
  std::string resumed;
  if (options.resume) {
    if (auto const whole = frame.whole_run(study, simulation.seed)) return frame.tell_whole(*whole);
    resumed = frame.resume(facts);
  }
  frame.begin(simulation.seed);
  auto const saver = frame.saver(facts);
  auto const result = carry_out(simulation, frame, std::move(resumed), *saver);
  auto manifest = frame.manifest(status_of(result.interrupted), result.replicates);
  manifest.study = study;
  manifest.seed = simulation.seed;
  manifest.fingerprint = result.fingerprint;
  manifest.looks = 1;
  frame.write_tables(result);
  frame.folder().write_manifest(manifest);
  if (!result.interrupted) frame.forget_state();
  frame.say(text_of(simulation, result, manifest));
  if (!saver->trouble().empty()) std::fputs(("The state was not saved: " + saver->trouble() + '\n').c_str(), stderr);
  return manifest.exit_code;
}

}  // namespace

Command simulate_command() {
  return make_command<Options>(
      {.name = "simulate",
       .meaning = "A plain Monte Carlo study of estimators, without verdicts",
       .footer = "  fisherlab simulate gamma --theta shape=2.5,rate=1.3 --n 100 --replicates 1e6\n"
                 "  fisherlab simulate logistic --theta location=2,scale=3 --n 20,80 --estimator mle,moments"},
      add, run);
}

}  // namespace fisherlab::cli
