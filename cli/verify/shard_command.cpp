#include "cli/verify/shard_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/shards/shard_facts.hpp"
#include "cli/verify/facts.hpp"
#include "cli/verify/outcome.hpp"
#include "runs/folder/our_files.hpp"

namespace fisherlab::cli {
namespace {

constexpr std::int64_t most_looks = 60;

/// The state that the looks before were merged to.
std::string state_after(runs::Study const& study, std::string const& folder) {
  auto const file = std::filesystem::path(folder) / runs::checkpoint_file;
  std::error_code error;
  expects(std::filesystem::is_regular_file(file, error),
          fmt::format("--after is '{}', where no merged state waits for a further look (there is no {}), name the "
                      "folder that `fisherlab merge` wrote",
                      clipped(printable(folder), 80), runs::checkpoint_file));
  auto saved = runs::read_checkpoint(file);
  runs::expect_same_run(saved, common_facts(facts_of(study)), file);
  return std::move(saved.state);
}

runs::Shard read_shard(runs::Study const& study, ShardOptions const& options) {
  runs::Shard shard;
  shard.share = parse_share(options.shard);
  if (options.look) shard.look = static_cast<int>(parse_count(*options.look, {"--look", 1, most_looks})) - 1;
  expects((shard.look > 0) == options.after.has_value(),
          shard.look > 0 ? "a shard of a look after the first needs --after with the folder that the looks before are "
                           "merged in"
                         : "--after goes with a --look of 2 or later, leave it out or name that look");
  if (options.after) shard.before = state_after(study, *options.after);
  return shard;
}

std::string text_of(runs::Study const& study, runs::Shard const& shard, runs::ShardResult const& result,
                    Manifest const& manifest) {
  auto const& [part, parts] = shard.share;
  auto const name = fmt::format("shard {}/{} of look {}", part, parts, shard.look + 1);
  auto const rest = is_whole(manifest.status) ? name : name + ", which is not at its end: --resume goes on";
  std::string text = study_sentence(study.name, manifest, rest);
  if (result.deadline_reached) text += "The deadline was reached.\n";
  if (manifest.status != RunStatus::complete) return text;
  return text + join_sentence(shard.share) + '\n';
}

}  // namespace

int verify_shard(runs::Study const& study, ShardOptions const& options) {
  auto const shard = read_shard(study, options);
  runs::check_shard(study.questions, study.settings, shard);
  auto run_options = options.run;
  if (!run_options.out) run_options.out = shard_folder(shard);
  auto const& [part, parts] = shard.share;
  RunFrame frame(RunKind::shard, run_options, study.settings.threads,
                 fmt::format("{}, look {}, shard {}/{}", study.name, shard.look + 1, part, parts));
  frame.is_of(facts_of(study, shard));
  std::string resumed;
  if (options.resume) resumed = frame.resume();
  frame.begin(study.settings.seed);
  tell(study.notes);
  auto const saver = frame.saver();
  auto const result = watched(frame, *saver, std::move(resumed), [&](runs::RunHooks const& hooks) {
    return runs::run_shard(study.questions, study.settings, hooks, shard);
  });
  if (!saver->trouble().empty()) throw WriteError("the state of the shard was not saved: " + saver->trouble());
  auto const status = status_of(result.interrupted || result.deadline_reached);
  auto manifest = frame.manifest(status, result.replicates);
  manifest.study = study.text;
  manifest.seed = study.settings.seed;
  manifest.family_error = study.settings.family_error;
  manifest.deadline_reached = result.deadline_reached;
  frame.folder().write_manifest(manifest);
  auto const place = printable((frame.folder().path() / "").string());
  std::fputs(fmt::format("{}The shard is in {}\n", text_of(study, shard, result, manifest), place).c_str(), stdout);
  return manifest.exit_code;
}

}  // namespace fisherlab::cli
