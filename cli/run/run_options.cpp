#include "cli/run/run_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.hpp"
#include "base/text/parse.hpp"
#include "findings/names.hpp"
#include "runs/folder/environment.hpp"
#include "runs/studies/limits.hpp"
#include "sim/engine/available_threads.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {

std::string default_folder(RunKind kind) {
  return kind == RunKind::verify ? "reports-out" : "reports-" + std::string(to_string(kind));
}

void add_folder_options(Arguments& arguments, RunOptions& options) {
  arguments.option("--out", values::folder("DIR"), options.out,
                   "Folder of the reports; reports-out of verify, reports-simulate of simulate, ... unless given");
  arguments.flag("--force", options.force, "Put the run in the place of whatever the folder holds");
  arguments.command_line(options.command);
}

void add_run_options(Arguments& arguments, RunOptions& options) {
  add_folder_options(arguments, options);
  arguments.option("--seed", values::plain("N"), options.seed, "Whole number that decides every random number");
  arguments.option("--threads", values::plain("N"), options.threads,
                   "Threads, one a core unless set; results do not depend on it");
  arguments.flag("--quiet", options.quiet, "No progress bar");
}

void read_run_options(RunOptions const& options, std::uint64_t& seed, int& threads) {
  runs::expect_own_libraries();
  if (options.seed) seed = parse_seed(*options.seed);
  if (options.threads)
    threads = static_cast<int>(parse_count(*options.threads, {"--threads", 1, runs::max_thread_count}));
  int const wanted = threads > 0 ? threads : sim::default_threads(), had = sim::available_threads(wanted);
  bool const suffices = had >= wanted || (had > 0 && !options.threads);
  expects(suffices, fmt::format("--threads is {}, and the system lets {} run (memory or processes are limited: ulimit "
                                "-v, -u, pids.max), {}",
                                wanted, had, had > 0 ? "give fewer" : "raise the limit"));
  if (had < wanted) threads = std::max(1, had / 2);  // none was asked for, so fewer do
}

}  // namespace fisherlab::cli
