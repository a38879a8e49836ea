#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "base/text/parse.hpp"
#include "cli/command_line/command.hpp"
#include "cli/run/estimator_command.hpp"
#include "cli/run/model_file.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/verify/facts.hpp"
#include "cli/verify/outcome.hpp"
#include "cli/verify/ranks.hpp"
#include "cli/verify/shard_command.hpp"
#include "reports/nights/history.hpp"
#include "runs/ranks/rank_run.hpp"
#include "runs/run.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/study.hpp"
#include "runs/studies/study_draws.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::string study = "notes";
  std::optional<std::string> max_replicates;
  std::optional<std::string> deadline;
  bool keep_estimates = false;
  bool resume = false;
  bool verbose = false;
  std::optional<std::string> history;  ///< the file that the run is added to
  std::optional<std::string> shard;
  std::optional<std::string> look;
  std::optional<std::string> after;
  EstimatorCommand estimator;
  ModelFileOption models;
  std::optional<std::string> draws;  ///< where samples come from
  RunOptions run;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments.place(values::study(), options.study,
                  "A shipped study (`fisherlab list studies`) or the path of a TOML file; notes unless given");
  arguments.option("--max-replicates", values::plain("N"), options.max_replicates, "Most replicates of a scenario");
  arguments.option("--deadline", values::plain("D"), options.deadline,
                   "The work ends then, as 90s, 30min or 2h; --resume with a later one goes on");
  arguments.flag("--keep-estimates", options.keep_estimates, "Also write every estimate of the first look");
  arguments.option("--history", values::file("DB"), options.history,
                   "Also add the run to this file (`fisherlab history`)");
  arguments.option("--shard", values::plain("k/K"), options.shard,
                   "Do part k of K alone; `fisherlab merge` joins the parts");
  arguments.option("--look", values::plain("N"), options.look, "Look of the shard, 1 unless given");
  arguments.option("--after", values::folder("DIR"), options.after,
                   "Folder that the looks before are merged in, for a shard of look 2 or later");
  add_estimator_options(arguments, options.estimator);
  add_model_file_option(arguments, options.models);
  arguments.option("--draws", values::one_of("SOURCE", runs::draw_sources()), options.draws,
                   "Where samples come from: lanes, or boost for Boost.Random; the study's unless set");
  arguments.flag("--resume", options.resume, "Go on with the run in the folder that did not come to its end");
  arguments.flag("--verbose", options.verbose,
                 "Print all findings that failed, are open or are shown only, and all files");
  add_run_options(arguments, options.run);
}

/// The study with what the command line says otherwise.
runs::Study read(Options const& options) {
  auto const models = known_models(options.models, *options.catalogue).added_toml();
  auto const added = estimator_toml(options.estimator) + (options.draws ? runs::run_toml(*options.draws) : "") + models;
  runs::Study study = runs::load_study(options.study, *options.catalogue, added);
  auto& settings = study.settings;
  read_run_options(options.run, settings.seed, settings.threads);
  if (options.max_replicates) {
    settings.max_replicates = parse_count(*options.max_replicates, {"--max-replicates", 1, runs::max_replicate_count});
    settings.first_replicates = std::min(settings.first_replicates, settings.max_replicates);
  }
  if (options.deadline) settings.deadline_seconds = parse_duration(*options.deadline, "--deadline");
  settings.keep_estimates = options.keep_estimates;
  settings.pictures = true;
  runs::check_workload(study, settings.first_replicates);
  try_programs(study, options.estimator);
  return study;
}

/// The run, on all ranks where there are several.
runs::RunResult carry_out(runs::Study const& study, runs::RunHooks const& hooks, LedRanks& ranks) {
  if (!ranks) return runs::run(study.questions, study.settings, hooks);
  auto result = runs::lead_run(study.questions, study.settings, hooks, identity_of(study), *ranks);
  ranks.reset();  // the others may leave
  return result;
}

/// To measure the last findings and to draw the pages takes up to a fifth of the time of the beginning, since both grow
/// with the number of questions and with what else the machine does (`notes`: 0.4 to 0.9 s of 3.6 s); less where the
/// time that there is answers few of them.
void reserve_closing(runs::RunSettings& settings, RunFrame const& frame) {
  settings.closing_seconds = std::min(frame.seconds() / 5, settings.deadline_seconds / 8);
}

int verify_here(Options const& options, runs::Study study, LedRanks ranks) {
  expects(!options.look && !options.after,
          "--look and --after go with --shard, give that too as `fisherlab merge` printed it");
  if (options.history) reports::check_history(*options.history);
  RunFrame frame(RunKind::verify, options.run, study.settings.threads, study.name);
  reserve_closing(study.settings, frame);
  frame.is_of(facts_of(study));
  std::string resumed;
  if (options.resume) {
    if (auto const exit_code = frame.has_ended()) return *exit_code;
    resumed = frame.resume();
  }
  frame.begin(study.settings.seed);
  tell(study.notes);
  auto const saver = frame.saver();
  auto const result = watched(frame, *saver, std::move(resumed),
                              [&](runs::RunHooks const& hooks) { return carry_out(study, hooks, ranks); });
  if (!saver->trouble().empty()) tell({"The state of the run was not saved: " + saver->trouble()});
  tell(troubles_of(runs::external_uses(study)));
  return end_run(study, result, frame,
                 {.catalogue = *options.catalogue, .history = options.history, .verbose = options.verbose});
}

int run(Options const& options) {
  LedRanks ranks(runs::launched_ranks().release());
  if (ranks && ranks->rank() > 0) return follow(*ranks, [&options] { return read(options); });
  auto study = read(options);
  if (ranks) study.settings.threads = threads_on(*ranks, study.settings.threads);
  if (!options.shard) return verify_here(options, study, std::move(ranks));
  expects(!ranks || ranks->size() == 1, "a shard is done by one process, start it without mpirun or srun's --mpi");
  expects(!options.history, "a shard is no run that a history could keep, give --history to `fisherlab merge`");
  return verify_shard(study, {*options.shard, options.look, options.after, options.resume, options.run});
}

}  // namespace

Command verify_command() {
  return make_command<Options>(
      {.name = "verify",
       .meaning = "Put the claims of a study to the test",
       .footer = "Exit code: 0 all as expected, 1 a finding contradicts what was expected, 2 bad input,\n"
                 "3 broken or interrupted, 4 some finding stayed inconclusive.\n\n"
                 "  fisherlab verify\n  fisherlab verify smoke --seed 7\n"
                 "  fisherlab verify my_study.toml --out mine\n  fisherlab verify notes --shard 2/7"},
      add, run);
}

}  // namespace fisherlab::cli
