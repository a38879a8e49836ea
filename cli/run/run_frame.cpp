#include "cli/run/run_frame.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "base/text/parse.hpp"
#include "cli/libraries.hpp"

namespace fisherlab::cli {

RunFrame::RunFrame(RunKind kind, RunOptions const& options, int threads)
    : kind_(kind),
      folder_(options.out),
      record_(kind, options.command, threads, libraries()),
      is_quiet_(options.quiet) {}

Manifest RunFrame::manifest(RunStatus status, std::int64_t replicates, int exit_code) const {
  auto manifest = record_.manifest(status);
  manifest.replicates = replicates;
  if (manifest.wall_seconds > 0)
    manifest.replicates_per_second = static_cast<double>(replicates) / manifest.wall_seconds;
  manifest.exit_code = status == RunStatus::interrupted ? exit_broken : exit_code;
  return manifest;
}

void RunFrame::say(std::string const& text) const { std::fputs((text + folder_.sentence() + '\n').c_str(), stdout); }

RunStatus status_of(bool was_interrupted, bool has_met_deadline) {
  if (was_interrupted) return RunStatus::interrupted;
  return has_met_deadline ? RunStatus::deadline : RunStatus::complete;
}

std::string study_sentence(std::string const& study, Manifest const& manifest, std::string const& rest) {
  return fmt::format("\nStudy {}, seed {}: {} replicates in {} ({}/s), {}.\n", study, manifest.seed,
                     count_text(static_cast<double>(manifest.replicates)), duration_text(manifest.wall_seconds),
                     count_text(manifest.replicates_per_second), rest);
}

std::string seed_sentence(Manifest const& manifest) {
  return fmt::format("\nSeed {}, {}.\n", manifest.seed, duration_text(manifest.wall_seconds));
}

}  // namespace fisherlab::cli
