#include <fmt/format.h>

#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "cli/command_line/command.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/verify/facts.hpp"
#include "cli/verify/gathered.hpp"
#include "cli/verify/outcome.hpp"
#include "reports/nights/history.hpp"
#include "runs/folder/our_files.hpp"
#include "runs/folder/sha256.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what the study may name
  std::optional<std::string> out;
  std::vector<std::string> shards;
  std::optional<std::string> history;  ///< the file that the run is added to
  RunOptions run;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments.place(values::folder("OUT"), options.out, "Folder of the run that they make").is_needed = true;
  arguments.places(values::folder("SHARD"), options.shards, "Folders of all shards of a look").is_needed = true;
  arguments.option("--history", values::file("DB"), options.history,
                   "Also add the run to this file (`fisherlab history`)");
  arguments.flag("--force", options.run.force, "Put the run in the place of whatever OUT holds");
  arguments.option("--threads", values::plain("N"), options.run.threads,
                   "Threads that draw for the pictures, one a core unless set");
  arguments.flag("--quiet", options.run.quiet, "No progress bar");
  arguments.command_line(options.run.command);
}

/// A word as a shell reads it.
std::string quoted(std::string const& word) {
  bool const is_plain = !word.empty() && word.find_first_not_of(
                                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789_./-+=:,@%") == std::string::npos;
  if (is_plain) return word;
  std::string text = "'";
  for (char const c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

/// The options that say which run of a study is meant.
std::string options_text(runs::Study const& study) {
  auto const& settings = study.settings;
  return fmt::format("{} --seed {} --max-replicates {}{}", quoted(study.name), settings.seed, settings.max_replicates,
                     settings.keep_estimates ? " --keep-estimates" : "");
}

/// The commands of the next look.
std::string next_text(Gathered const& gathered, int next_look, std::string const& out) {
  int const parts = gathered.parts, look = next_look + 1;
  auto const run = options_text(gathered.study);
  return fmt::format(
      "\nLook {} is needed for the open findings. Do its shards, on any machines that see {}, and merge them:\n\n"
      "  for k in $(seq {}); do\n    fisherlab verify {} --shard $k/{} --look {} --after {}\n  done\n"
      "  fisherlab merge {} reports-look-{}-shard-*-of-{}\n\nor go on in one process:\n\n"
      "  fisherlab verify {} --out {} --resume\n",
      look, quoted(out), parts, run, parts, look, quoted(out), quoted(out), look, parts, run, quoted(out));
}

/// The state of the looks before, of the same run. Empty for the first look.
std::string state_before(RunFrame& frame, Gathered const& gathered) {
  if (gathered.look == 0) return {};
  auto const file = frame.folder().path() / runs::checkpoint_file;
  auto const name = printable(file.string());
  std::error_code error;
  expects(std::filesystem::is_regular_file(file, error),
          fmt::format("there is no '{}' (these are shards of look {}), name the folder that they were run --after",
                      name, gathered.look + 1));
  auto state = frame.resume(facts_of(gathered.study));
  expects(runs::sha256(state) == runs::fact(gathered.facts, "the state of the looks before"),
          fmt::format("'{}' is not the state that these shards of look {} began from (they were merged already, or run "
                      "--after another folder), name the folder that they were run --after",
                      name, gathered.look + 1));
  return state;
}

runs::MergedRun merge(Gathered& gathered, RunFrame const& frame, std::string const& before) {
  return frame.watch([&](Watch const& watch) {
    runs::RunHooks hooks;
    hooks.stop = watch.stop;
    return runs::merge_shards(gathered.study.questions, gathered.study.settings, hooks, gathered.shards, gathered.look,
                              before);
  });
}

int run(Options const& options) {
  expects(options.out && !options.shards.empty(),
          "merge needs a folder for the run and those of its shards, as in `fisherlab merge OUT SHARD SHARD`");
  auto gathered = gather(options.shards, *options.catalogue);
  auto& settings = gathered.study.settings;
  settings.deadline_seconds = std::numeric_limits<double>::infinity();
  settings.pictures = true;
  settings.threads = 0;
  std::uint64_t same_seed = settings.seed;
  read_run_options(options.run, same_seed, settings.threads);
  if (options.history) reports::check_history(*options.history);
  auto run_options = options.run;
  run_options.out = options.out;
  RunFrame frame(RunKind::verify, run_options, settings.threads, gathered.study.name);
  auto const before = state_before(frame, gathered);
  auto const merged = merge(gathered, frame, before);
  frame.begin(settings.seed);
  bool const goes_on = !merged.state.empty();
  Ending ending{*options.catalogue, options.history};
  ending.advice = goes_on ? "a further look goes on, as said below" : "the same command ends it";
  int const code = end_run(gathered.study, merged.result, frame, ending);
  if (!goes_on) return code;
  auto const saver = frame.saver(facts_of(gathered.study));
  saver->save(merged.state, frame.seconds());  // last: until then the shards can be merged again
  saver->finish();
  if (!saver->trouble().empty()) throw WriteError("the merged state was not saved: " + saver->trouble());
  std::fputs(next_text(gathered, merged.next_look, *options.out).c_str(), stdout);
  return code;
}

}  // namespace

Command merge_command() {
  return make_command<Options>(
      {.name = "merge",
       .meaning = "Join the shards of a look to the run that one process would have made",
       .footer =
           "Exit code: that of `fisherlab verify`; 3 also where a further look is needed, whose commands are then\n"
           "printed.\n\n"
           "  fisherlab merge reports-out reports-look-1-shard-*-of-7"},
      add, run);
}

}  // namespace fisherlab::cli
