#include "cli/simulate/shard_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "cli/run/estimator_command.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/shards/shard_facts.hpp"
#include "cli/simulate/outcome.hpp"
#include "cli/simulate/simulation_words.hpp"
#include "runs/shards/simulation_shard.hpp"

namespace fisherlab::cli {

int simulate_shard(runs::Simulation const& simulation, std::string const& shard, bool resume, RunOptions options) {
  auto const share = parse_share(shard);
  auto const name = fmt::format("shard {}/{}", share.part, share.parts);
  if (!options.out) options.out = fmt::format("reports-simulate-shard-{}-of-{}", share.part, share.parts);
  RunFrame frame(RunKind::shard, options, simulation.threads,
                 fmt::format("{}, {}", simulation.law.model->card().name, name));
  frame.is_of(with_share(facts_of(simulation), share));
  auto resumed = resume ? frame.resume() : std::string();
  frame.begin(simulation.seed);
  auto const saver = frame.saver();
  auto const result = frame.watch([&](Watch const& watch) {
    return runs::run_shard(simulation, hooks_of(watch, *saver, std::move(resumed)), share);
  });
  saver->finish();
  tell(troubles_of(programs_of(simulation)));
  if (!saver->trouble().empty()) throw WriteError("the state of the shard was not saved: " + saver->trouble());
  auto manifest = frame.manifest(status_of(result.interrupted), result.replicates);
  manifest.study = study_of(simulation);
  manifest.seed = simulation.seed;
  frame.folder().write_manifest(manifest);
  std::fputs(fmt::format("{}: {} replicates in {}, seed {}.\n{}\nThe shard is in {}\n", name,
                         count_text(static_cast<double>(result.replicates)), duration_text(manifest.wall_seconds),
                         simulation.seed,
                         result.interrupted ? "It is not at its end: --resume goes on." : join_sentence(share),
                         printable((frame.folder().path() / "").string()))
                 .c_str(),
             stdout);
  return manifest.exit_code;
}

}  // namespace fisherlab::cli
