#include "cli/verify/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "claims/catalogue.hpp"
#include "claims/evidence/judge.hpp"
#include "cli/run/derivatives.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "reports/nights/history.hpp"
#include "reports/nights/run_before.hpp"
#include "reports/page/html.hpp"
#include "reports/tables/noted_text.hpp"
#include "reports/tables/summary_md.hpp"
#include "reports/tables/terminal_table.hpp"
#include "runs/studies/study_head.hpp"

namespace fisherlab::cli {
namespace {

Manifest manifest_of(runs::Study const& study, runs::RunResult const& result, RunFrame const& frame) {
  auto const status = status_of(result.interrupted, result.deadline_reached);
  auto manifest = frame.manifest(status, result.replicates, claims::exit_code(result.findings));
  manifest.study = study.text;
  manifest.seed = study.settings.seed;
  manifest.family_error = study.settings.family_error;
  manifest.fingerprint = result.fingerprint;
  manifest.looks = result.looks;
  manifest.deadline_reached = result.deadline_reached;
  return manifest;
}

std::string text_of(runs::Study const& study, runs::RunResult const& result, Manifest const& manifest,
                    Ending const& ending) {
  auto const terminal = standard_output();
  std::string text = reports::findings_table(result.findings, {terminal.width, terminal.colour, ending.verbose});
  if (result.interrupted)
    text += fmt::format("\nInterrupted: the table holds what was decided until then; {}.\n", ending.advice);
  if (result.deadline_reached)
    text +=
        "\nThe deadline was reached: open findings were given no further look; --resume with a later --deadline goes "
        "on.\n";
  if (ending.verbose && !result.noted.empty()) {
    text += '\n';
    for (auto const& line : wrapped(reports::noted_sentence(result.noted), std::min(terminal.width, 100)))
      text += line + '\n';
  }
  if (auto const derivatives = derivatives_text(derivatives_of(study.questions), terminal.width); !derivatives.empty())
    text += '\n' + derivatives;
  return text + study_sentence(study.name, manifest,
                               fmt::format("{} {}", manifest.looks, manifest.looks == 1 ? "look" : "looks"));
}

/// The run before this one, for what changed since. A history that cannot be read now is told of when the run is added.
std::optional<RecordedRun> before(std::optional<std::string> const& history, Manifest const& manifest) {
  try {
    std::error_code none;
    if (history && std::filesystem::exists(*history, none)) return reports::run_before(*history, manifest);
  } catch (InputError const&) {
  }
  return std::nullopt;
}

std::string page_of(runs::RunResult const& result, Manifest const& manifest, Ending const& ending) {
  RecordedRun const run{result, manifest};
  auto const cards = ending.catalogue.claims.cards();
  auto const earlier = before(ending.history, manifest);
  auto head = runs::study_head(manifest.study);
  return reports::html_report(run, {.cards = cards,
                                    .gnuplot = "gnuplot",
                                    .title = std::move(head.title),
                                    .about = std::move(head.about),
                                    .before = earlier ? &*earlier : nullptr,
                                    .stop = [] { return StopSignal::told(); }});
}

/// What is wrong with the history by now is no bad input: the run is there.
void keep(std::string const& history, reports::HistoryEntry const& entry) {
  try {
    reports::add_to_history(history, entry);
  } catch (InputError const& error) {
    throw WriteError(std::string(error.what()) + "; the reports of the run are written");
  }
}

}  // namespace

runs::RunHooks hooks_of(Watch const& watch, runs::Saver& saver) {
  auto const show = [&watch](runs::Progress const& p) {
    double const share = p.planned > 0 ? static_cast<double>(p.done) / static_cast<double>(p.planned) : 0.0;
    watch.progress({p.scenario, p.look, share, p.replicates});
  };
  runs::RunHooks hooks{watch.stop, show, watch.elapsed_seconds};
  hooks.save = [&watch, &saver](std::string state) { saver.save(std::move(state), watch.elapsed_seconds()); };
  return hooks;
}

int end_run(runs::Study const& study, runs::RunResult const& result, RunFrame& frame, Ending const& ending) {
  tell(result.notes);
  auto const manifest = manifest_of(study, result, frame);
  frame.write_and_say(
      [&] {
        frame.write_tables(result);
        frame.folder().write("summary.md", reports::summary_markdown(result.findings, manifest.status, result.noted));
        frame.folder().write_manifest(manifest);
      },
      text_of(study, result, manifest, ending), ending.verbose);  // before the page, which may fail for itself
  frame.folder().write("report.html", page_of(result, manifest, ending));
  frame.folder().write_manifest(manifest);
  auto const page = frame.folder().path() / "report.html";
  std::fputs(fmt::format("Open {}\n", printable(page.string())).c_str(), stdout);
  if (ending.history && !result.interrupted)
    keep(*ending.history, {study.name, manifest, result.findings, frame.is_resumed()});
  if (!result.interrupted && !result.deadline_reached) frame.forget_state();
  if (!StopSignal::told() || result.interrupted) return manifest.exit_code;
  std::fputs(
      "Interrupted after the last replicate: all is written, but the page may lack pictures; `fisherlab report` "
      "draws them.\n",
      stderr);
  return exit_broken;
}

}  // namespace fisherlab::cli
