#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "cli/command_line/command.hpp"
#include "cli/shards/gathered_shards.hpp"
#include "cli/simulate/merge_simulation.hpp"
#include "cli/simulate/simulation_words.hpp"
#include "cli/verify/merge_run.hpp"

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
  arguments.places(values::folder("SHARD"), options.shards, "Folders of all shards of a look, or of a simulation")
      .is_needed = true;
  arguments.option("--history", values::file("DB"), options.history,
                   "Also add the run to this file (`fisherlab history`)");
  arguments.flag("--force", options.run.force, "Put the run in the place of whatever OUT holds");
  arguments.option("--threads", values::plain("N"), options.run.threads,
                   "Threads that draw for the pictures, one a core unless set");
  arguments.flag("--quiet", options.run.quiet, "No progress bar");
  arguments.command_line(options.run.command);
}

int run(Options const& options) {
  expects(options.out && !options.shards.empty(),
          "merge needs a folder for the run and those of its shards, as in `fisherlab merge OUT SHARD SHARD`");
  auto shards = gather_shards(options.shards);
  MergeOptions merge{*options.catalogue, *options.out, options.history, options.run};
  merge.run.out = options.out;
  return is_simulation(shards.facts) ? merge_simulation(shards, merge) : merge_run(std::move(shards), merge);
}

}  // namespace

Command merge_command() {
  return make_command<Options>(
      {.name = "merge",
       .meaning = "Join the shards of a look to the run that one process would have made",
       .footer = "Exit code: that of `fisherlab verify` or `simulate`; 3 also where a further look is needed, whose\n"
                 "commands are then printed.\n\n"
                 "  fisherlab merge reports-out reports-look-1-shard-*-of-7"},
      add, run);
}

}  // namespace fisherlab::cli
