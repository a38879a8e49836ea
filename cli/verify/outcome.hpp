#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "claims/shipped.hpp"
#include "cli/run/run_frame.hpp"
#include "runs/run.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {

/// What is done with the result of a run of `verify`, however it was carried out.
struct Ending {
  claims::Catalogue const& catalogue;
  std::optional<std::string> history = {};  ///< the file that the run is added to
  /// What to do where the run was interrupted: a sentence for people.
  std::string advice = "the same command with --resume goes on there";
  bool verbose = false;  ///< say all on stdout that the files say in short
};

/// The caller's side of a run that `watch` shows and `saver` saves.
runs::RunHooks hooks_of(Watch const& watch, runs::Saver& saver);

/// What `work` makes of these hooks while the run is watched; `resumed` is the state that it takes up, if any.
template <class Work>
auto watched(RunFrame& frame, runs::Saver& saver, std::string resumed, Work const& work) {
  return frame.watch([&](Watch const& watch) {
    auto hooks = hooks_of(watch, saver);
    hooks.resumed = std::move(resumed);
    auto done = work(hooks);
    saver.finish();
    return done;
  });
}

/// Writes the tables, the manifest, the page and the history, says what came out, and gives the exit code. A state that
/// was saved is removed where all is done.
int end_run(runs::Study const& study, runs::RunResult const& result, RunFrame& frame, Ending const& ending);

}  // namespace fisherlab::cli
