#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "base/text/parse.hpp"
#include "cli/command_line/command.hpp"
#include "cli/run/estimator_command.hpp"
#include "cli/run/model_file.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/simulate/outcome.hpp"
#include "cli/simulate/precision.hpp"
#include "cli/simulate/samples_csv.hpp"
#include "cli/simulate/shard_command.hpp"
#include "cli/simulate/simulation_words.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/study_draws.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  SimulationWords words;
  bool resume = false;
  std::optional<std::string> shard;
  std::optional<std::string> precision;
  std::optional<std::string> kept_samples;
  EstimatorCommand program;
  ModelFileOption models;
  RunOptions run;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  auto const pairs = values::list_of(values::plain("NAME=X")), counts = values::list_of(values::plain("N"));
  arguments.place(values::model(arguments.catalogue()), options.words.model, "A model (`fisherlab list models`)")
      .is_needed = true;
  arguments
      .option("--theta", pairs, options.words.theta, "Parameters and known constants; lists as [1,2.5] make a grid")
      .is_needed = true;
  arguments.option("--set", pairs, options.words.constants, "Known constants, where --theta does not give them");
  arguments.option("--n", counts, options.words.n, "Sample sizes").is_needed = true;
  arguments.option("--replicates", values::plain("N"), options.words.replicates, "Replicates of each");
  arguments.option("--estimator", values::list_of(values::estimator(arguments.catalogue())), options.words.estimators,
                   "Estimators (`fisherlab list estimators`)");
  add_estimator_options(arguments, options.program);
  arguments.option("--level", values::plain("P"), options.words.level, "Level of the intervals");
  arguments.option("--interval", values::list_of(values::one_of("INTERVAL", compared_interval_names())),
                   options.words.intervals, "Intervals by maximum likelihood, compared; Wald's alone unless set");
  arguments.option("--null", pairs, options.words.null, "Values that tests of parameters are to reject: power");
  arguments.option("--controls", values::one_of("CONTROLS", control_names()), options.words.controls,
                   "none, or score: bias and SE also by control variates");
  arguments.option("--mcse", values::list_of(values::plain("MEASURE=X")), options.precision,
                   "Choose the replicates: Monte Carlo errors of at most that, as bias=0.001,coverage=0.005");
  arguments.option("--draws", values::one_of("SOURCE", runs::draw_sources()), options.words.draws,
                   "Where samples come from: lanes, or boost for Boost.Random");
  arguments.flag("--keep-estimates", options.words.keep_estimates, "Also write every estimate, to estimates.csv");
  arguments.option("--keep-samples", values::plain("N"), options.kept_samples,
                   "Also write the first N samples of each size, to samples.csv");
  arguments.flag("--resume", options.resume, "Go on with the run in the folder that did not come to its end");
  arguments.option("--shard", values::plain("k/K"), options.shard,
                   "Do part k of K alone; `fisherlab merge` joins the parts");
  add_model_file_option(arguments, options.models);
  add_run_options(arguments, options.run);
}

/// The words with the program of the command line among the estimators: last, where they do not name it.
SimulationWords words_of(Options const& options) {
  auto words = options.words;
  words.program = estimator_toml(options.program);
  auto const named = split_list(words.estimators, "--estimator");
  if (!words.program.empty() && std::ranges::count(named, own_estimator) == 0)
    words.estimators += std::string(",") + own_estimator;
  return words;
}

runs::Simulation read(Options const& options) {
  auto words = words_of(options);
  words.model_text = known_models(options.models, *options.catalogue).text;
  auto simulation = read_simulation(words, *options.catalogue);
  read_run_options(options.run, simulation.seed, simulation.threads);
  runs::check(simulation);
  if (options.precision) {
    auto const most = runs::max_replicate_count;
    simulation.replicates = replicates_for(simulation, parse_precision(*options.precision), most);
    runs::check(simulation);
  }
  return simulation;
}

int run(Options const& options) {
  auto const simulation = read(options);
  expects(!options.shard || !options.kept_samples,
          "a shard keeps no samples (they are a function of the seed), give --keep-samples to a run of its own");
  auto const kept_samples = options.kept_samples ? parse_kept_samples(*options.kept_samples, simulation) : 0;
  try_out(programs_of(simulation));
  if (options.shard) return simulate_shard(simulation, *options.shard, options.resume, options.run);
  RunFrame frame(RunKind::simulate, options.run, simulation.threads);
  frame.is_of(facts_of(simulation));
  std::string resumed;
  if (options.resume) {
    if (auto const exit_code = frame.has_ended()) return *exit_code;
    resumed = frame.resume();
  }
  frame.begin(simulation.seed);
  auto const saver = frame.saver();
  auto const result = frame.watch(
      [&](Watch const& watch) { return runs::simulate(simulation, hooks_of(watch, *saver, std::move(resumed))); });
  saver->finish();
  tell(troubles_of(programs_of(simulation)));
  int const exit_code = end_simulation(simulation, result, frame, kept_samples);
  if (!saver->trouble().empty()) std::fputs(("The state was not saved: " + saver->trouble() + '\n').c_str(), stderr);
  return exit_code;
}

}  // namespace

Command simulate_command() {
  return make_command<Options>(
      {.name = "simulate",
       .meaning = "A plain Monte Carlo study of estimators, without verdicts",
       .footer = "  fisherlab simulate gamma --theta shape=2.5,rate=1.3 --n 100 --replicates 1e6\n"
                 "  fisherlab simulate logistic --theta location=2,scale=3 --n 20,80 --estimator mle,moments\n"
                 "  fisherlab simulate gamma --theta shape=2.5,rate=1.3 --n 30 --estimator-command 'Rscript fit.R'\n"
                 "  fisherlab simulate gamma --theta 'shape=[1,2.5],rate=[1,4]' --n '10:160 by x2'\n"
                 "  fisherlab simulate gamma --theta shape=2.5,rate=1.3 --n 100 --shard 2/7\n"
                 "  fisherlab simulate gompertz --model-file examples/models/gompertz.toml --theta shape=0.5,rate=1 "
                 "--n 40"},
      add, run);
}

}  // namespace fisherlab::cli
