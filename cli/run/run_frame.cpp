#include "cli/run/run_frame.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "cli/libraries.hpp"
#include "runs/folder/our_files.hpp"

namespace fisherlab::cli {

void tell(std::vector<std::string> const& notes) {
  for (auto const& note : notes) std::fputs(fmt::format("{}\n", note).c_str(), stderr);
}

RunFrame::RunFrame(RunKind kind, RunOptions const& options, int threads, std::string study_name)
    : kind_(kind),
      study_name_(std::move(study_name)),
      folder_(options.out.value_or(default_folder(kind))),
      record_(kind, options.command, threads, libraries(), options.began),
      is_quiet_(options.quiet) {
  folder_.lock();
  folder_.expect_replaceable(manifest(RunStatus::running, 0), options.force);
}

std::optional<int> RunFrame::has_ended() const {
  std::error_code error;
  if (!std::filesystem::exists(folder_.path() / "manifest.json", error) ||
      std::filesystem::exists(folder_.path() / runs::checkpoint_file, error))
    return std::nullopt;
  auto const name = (folder_.path() / "manifest.json").string();
  auto const whole = manifest_from_json(read_bytes(name), name);
  if (!is_whole(whole.status)) return std::nullopt;
  auto const place = printable(folder_.path().string());
  expects(!whole.facts.empty(),
          fmt::format("'{}' holds a whole run of an older version (which does not say of what), leave out --resume",
                      place));
  auto const changed = runs::differences({whole.facts.begin(), whole.facts.end()}, facts_, "then", "now");
  expects(changed.empty(), fmt::format("'{}' holds a whole run that was started otherwise ({}), give what it was "
                                       "started with, or no --resume",
                                       place, changed));
  std::fputs(fmt::format("The run in {} came to its end already, with exit code {}.\n", place, whole.exit_code).c_str(),
             stdout);
  return whole.exit_code;
}

std::string RunFrame::resume() {
  auto const file = folder_.path() / runs::checkpoint_file;
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, error))) return {};
  auto saved = runs::read_checkpoint(file);
  runs::expect_same_run(saved, facts_, file);
  record_.continue_from(saved.started_utc, saved.seconds);
  is_resumed_ = true;
  return std::move(saved.state);
}

std::unique_ptr<runs::Saver> RunFrame::saver() const {
  return std::make_unique<runs::Saver>(folder_.path() / runs::checkpoint_file,
                                       runs::Checkpoint{facts_, record_.started_utc(), 0, {}});
}

void RunFrame::forget_state() const {
  std::error_code ignored;
  std::filesystem::remove(folder_.path() / runs::checkpoint_file, ignored);
}

void RunFrame::begin(std::uint64_t seed) {
  auto running = manifest(RunStatus::running, 0);
  running.seed = seed;
  folder_.begin(running, is_resumed_ ? std::vector{std::string(runs::checkpoint_file)} : std::vector<std::string>());
  has_begun_ = true;
}

void RunFrame::write_tables(RunTables const& tables) {
  if (!has_begun_) begin(0);
  folder_.write_tables(tables, kind_);
}

Manifest RunFrame::manifest(RunStatus status, std::int64_t replicates, int exit_code) const {
  auto manifest = record_.manifest(status);
  manifest.study_name = study_name_;
  manifest.facts = {facts_.begin(), facts_.end()};
  manifest.replicates = replicates;
  if (manifest.wall_seconds > 0)
    manifest.replicates_per_second = static_cast<double>(replicates) / manifest.wall_seconds;
  manifest.exit_code = is_whole(status) ? exit_code : exit_broken;
  return manifest;
}

void RunFrame::write_and_say(std::function<void()> const& write, std::string const& text, bool with_files) const {
  try {
    write();
  } catch (WriteError const&) {
    std::fputs(text.c_str(), stdout);
    throw;
  }
  std::fputs((text + folder_.sentence(with_files) + '\n').c_str(), stdout);
}

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
