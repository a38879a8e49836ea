#include "cli/diagnose/diagnose_watch.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/text/number.hpp"
#include "cli/diagnose/digests.hpp"
#include "cli/terminal/terminal.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/resume/packing.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

constexpr double save_seconds = 8;

std::string digest_of(runs::Observations const& data) {
  runs::Packer packer;
  put_digested(packer, data.values);
  packer.put(std::ssize(data.is_observed));
  for (bool const is_observed : data.is_observed) packer.put(is_observed);
  put_digested(packer, data.uppers);
  packer.put(data.notes);
  packer.put(data.is_counted);
  return runs::sha256(std::move(packer).take());
}

}  // namespace

std::int64_t expected_replicates(std::int64_t done, double seconds, double half, std::int64_t most) {
  double const rate = static_cast<double>(done) / seconds;
  std::int64_t last = sim::block_size;
  while (last < most && !(2 * static_cast<double>(last) / rate > half)) last *= 2;
  return std::min(std::max(last, done), most);
}

runs::DiagnosisSettings watched(runs::DiagnosisSettings settings, std::string const& name, Watch const& watch,
                                double budget) {
  settings.stop = watch.stop;
  watch.restart();
  settings.advance = [name, half = 0.5 * budget, start = watch.elapsed_seconds(), elapsed = watch.elapsed_seconds,
                      progress = watch.progress, all = settings.replicates,
                      done = std::make_shared<std::int64_t>(0)](std::int64_t replicates) {
    *done += replicates;
    auto const wanted = half < HUGE_VAL ? expected_replicates(*done, elapsed() - start, half, all) : all;
    progress({name, 0, static_cast<double>(*done) / static_cast<double>(wanted), *done});
  };
  return settings;
}

runs::RunFacts facts_of(runs::Observations const& data, runs::DiagnosisSettings const& settings) {
  return {{"version", runs::version()},
          {"data", data.name},
          {"what was read of the data", digest_of(data)},
          {"level", exact_text(settings.level)},
          {"replicates", std::to_string(settings.replicates)},
          {"seed", std::to_string(settings.seed)}};
}

DiagnosisFrame::DiagnosisFrame(DiagnosisStart const& start, runs::DiagnosisSettings const& settings)
    : frame_(RunKind::diagnose, start.options, settings.threads),
      stages_(runs::SaveClock([this] { return frame_.seconds(); }, save_seconds),
              [this](std::string state) { saver_->save(std::move(state), frame_.seconds()); }) {
  frame_.is_of(start.facts);
  if (start.resume) {
    ended_ = frame_.has_ended();
    if (ended_) return;
    if (auto const state = frame_.resume(); !state.empty()) stages_.unpack(state);
  }
  frame_.begin(settings.seed);
  saver_ = frame_.saver();
}

int DiagnosisFrame::end(RunTables const& tables, Manifest const& manifest, DiagnosisText const& text) {
  bool const is_cut = manifest.status == RunStatus::interrupted;
  if (is_cut) saver_->save(stages_.packed(), frame_.seconds());
  saver_->finish();
  auto const more = is_cut ? std::string("The same command with --resume goes on there.\n") : std::string();
  frame_.write_and_say(
      [&] {
        frame_.write_tables(tables);
        if (text.advised) frame_.folder().write("advice.json", advice_json(tables, *text.advised));
        frame_.folder().write("summary.md", "# Diagnosis\n\n```text\n" + text.plain(100) + "```\n");
        if (text.page) frame_.folder().write("report.html", text.page(text.plain(100)));
        frame_.folder().write_manifest(manifest);
        if (!is_cut) frame_.forget_state();
      },
      text.plain(standard_output().width) + more + seed_sentence(manifest));
  if (!saver_->trouble().empty()) std::fputs(("The state was not saved: " + saver_->trouble() + '\n').c_str(), stderr);
  return manifest.exit_code;
}

}  // namespace fisherlab::cli
