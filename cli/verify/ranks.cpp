#include "cli/verify/ranks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>

#include "cli/exit_codes.hpp"
#include "cli/run/interrupt.hpp"
#include "cli/verify/facts.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {

void EndOfRanks::operator()(runs::Ranks* ranks) const {
  if (ranks->rank() == 0) runs::end_ranks(*ranks);
  delete ranks;
}

std::string identity_of(runs::Study const& study) {
  std::string text;
  for (auto const& [name, value] : facts_of(study)) text += fmt::format("{} {}\n", name, value);
  return text;
}

int threads_on(runs::Ranks const& ranks, int asked) {
  if (asked > 0) return asked;
  auto const cores = static_cast<int>(std::thread::hardware_concurrency());
  return std::max(1, std::min(sim::default_threads(), cores / std::max(1, ranks.local_size())));
}

int follow(runs::Ranks& ranks, std::function<runs::Study()> const& read) {
  StopSignal const signals;
  runs::Study study;
  try {
    study = read();
  } catch (std::exception const& error) {
    runs::fail_to_follow(error.what(), ranks);
    return exit_success;  // the leader tells
  }
  study.settings.threads = threads_on(ranks, study.settings.threads);
  auto const start = std::chrono::steady_clock::now();
  runs::RunHooks hooks;
  hooks.stop = [] { return StopSignal::told(); };
  hooks.elapsed_seconds = [start] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  runs::follow_run(study.questions, study.settings, hooks, identity_of(study), ranks);
  return exit_success;
}

}  // namespace fisherlab::cli
