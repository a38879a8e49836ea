#include "cli/verify/merge_run.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <limits>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/verify/facts.hpp"
#include "cli/verify/gathered.hpp"
#include "cli/verify/outcome.hpp"
#include "reports/nights/history.hpp"
#include "runs/folder/our_files.hpp"
#include "runs/folder/sha256.hpp"

namespace fisherlab::cli {
namespace {

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
  int const parts = gathered.shards.parts, look = next_look + 1;
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
  auto state = frame.resume();
  expects(runs::sha256(state) == runs::fact(gathered.shards.facts, "the state of the looks before"),
          fmt::format("'{}' is not the state that these shards of look {} began from (they were merged already, or run "
                      "--after another folder), name the folder that they were run --after",
                      name, gathered.look + 1));
  return state;
}

runs::MergedRun merged_run(Gathered const& gathered, RunFrame const& frame, std::string const& before) {
  return frame.watch([&](Watch const& watch) {
    runs::RunHooks hooks;
    hooks.stop = watch.stop;
    return runs::merge_shards(gathered.study.questions, gathered.study.settings, hooks, gathered.shards.shards,
                              gathered.look, before);
  });
}

}  // namespace

int merge_run(GatheredShards shards, MergeOptions const& options) {
  auto gathered = gathered_run(std::move(shards), options.catalogue);
  auto& settings = gathered.study.settings;
  settings.deadline_seconds = std::numeric_limits<double>::infinity();
  settings.pictures = true;
  settings.threads = 0;
  std::uint64_t same_seed = settings.seed;
  read_run_options(options.run, same_seed, settings.threads);
  if (options.history) reports::check_history(*options.history);
  RunFrame frame(RunKind::verify, options.run, settings.threads, gathered.study.name);
  frame.is_of(facts_of(gathered.study));
  auto const before = state_before(frame, gathered);
  auto const merged = merged_run(gathered, frame, before);
  frame.begin(settings.seed);
  bool const goes_on = !merged.state.empty();
  Ending ending{options.catalogue, options.history};
  ending.advice = goes_on ? "a further look goes on, as said below" : "the same command ends it";
  int const code = end_run(gathered.study, merged.result, frame, ending);
  if (!goes_on) return code;
  auto const saver = frame.saver();
  saver->save(merged.state, frame.seconds());  // last: until then the shards can be merged again
  saver->finish();
  if (!saver->trouble().empty()) throw WriteError("the merged state was not saved: " + saver->trouble());
  std::fputs(next_text(gathered, merged.next_look, options.out).c_str(), stdout);
  return code;
}

}  // namespace fisherlab::cli
