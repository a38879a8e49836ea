#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "claims/catalogue.hpp"
#include "claims/evidence/judge.hpp"
#include "cli/command_line/command.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "reports/nights/history.hpp"
#include "reports/page/html.hpp"
#include "reports/tables/noted_text.hpp"
#include "reports/tables/summary_md.hpp"
#include "reports/tables/terminal_table.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/run.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::string study = "notes";
  std::optional<std::string> max_replicates;
  std::optional<std::string> deadline;
  bool keep_estimates = false;
  bool resume = false;
  std::optional<std::string> history;  ///< the file that the run is added to
  RunOptions run;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments.place(values::study(), options.study,
                  "A shipped study (`fisherlab list studies`) or the path of a TOML file; notes unless given");
  arguments.option("--max-replicates", values::plain("N"), options.max_replicates, "Most replicates of a scenario");
  arguments.option("--deadline", values::plain("D"), options.deadline,
                   "The work ends then, as 90s, 30min or 2h; --resume with a later one goes on");
  arguments.flag("--keep-estimates", options.keep_estimates, "Also write every estimate of the first look");
  arguments.option("--history", values::file("DB"), options.history,
                   "Also add the run to this file (`fisherlab history`)");
  arguments.flag("--resume", options.resume, "Go on with the run in the folder that did not come to its end");
  add_run_options(arguments, options.run);
}

/// The study with what the command line says otherwise.
runs::Study read(Options const& options) {
  runs::Study study = runs::load_study(options.study, *options.catalogue);
  auto& settings = study.settings;
  read_run_options(options.run, settings.seed, settings.threads);
  if (options.max_replicates) {
    settings.max_replicates = parse_count(*options.max_replicates, {"--max-replicates", 1, runs::max_replicate_count});
    settings.first_replicates = std::min(settings.first_replicates, settings.max_replicates);
  }
  if (options.deadline) settings.deadline_seconds = parse_duration(*options.deadline, "--deadline");
  settings.keep_estimates = options.keep_estimates;
  settings.pictures = true;
  runs::check_workload(study, settings.first_replicates);
  return study;
}

/// What decides the bytes of the run.
runs::RunFacts facts_of(runs::Study const& study) {
  auto const& settings = study.settings;
  return {{"version", runs::version()},
          {"study", study.name},
          {"the study's text", runs::sha256(study.text)},
          {"seed", std::to_string(settings.seed)},
          {"replicates", std::to_string(settings.first_replicates)},
          {"max-replicates", std::to_string(settings.max_replicates)},
          {"keep-estimates", settings.keep_estimates ? "yes" : "no"}};
}

runs::RunResult carry_out(runs::Study const& study, RunFrame const& frame, std::string resumed, runs::Saver& saver) {
  return frame.watch([&](Watch const& watch) {
    auto const show = [&watch](runs::Progress const& p) {
      double const share = p.planned > 0 ? static_cast<double>(p.done) / static_cast<double>(p.planned) : 0.0;
      watch.progress({p.scenario, p.look, share, p.replicates});
    };
    runs::RunHooks hooks{watch.stop, show, watch.elapsed_seconds};
    hooks.save = [&](std::string state) { saver.save(std::move(state), watch.elapsed_seconds()); };
    hooks.resumed = std::move(resumed);
    auto result = runs::run(study.questions, study.settings, hooks);
    saver.finish();
    return result;
  });
}

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

std::string text_of(runs::Study const& study, runs::RunResult const& result, Manifest const& manifest) {
  auto const terminal = standard_output();
  std::string text = reports::findings_table(result.findings, {terminal.width, terminal.colour});
  if (result.interrupted)
    text +=
        "\nInterrupted: the table holds what was decided until then; the same command with --resume goes on there.\n";
  if (result.deadline_reached)
    text +=
        "\nThe deadline was reached: open findings were given no further look; --resume with a later --deadline goes "
        "on.\n";
  if (!result.noted.empty()) {
    text += '\n';
    for (auto const& line : wrapped(reports::noted_sentence(result.noted), std::min(terminal.width, 100)))
      text += line + '\n';
  }
  return text + study_sentence(study.name, manifest,
                               fmt::format("{} {}", manifest.looks, manifest.looks == 1 ? "look" : "looks"));
}

std::string page_of(runs::RunResult const& result, Manifest const& manifest, claims::Claims const& claims) {
  RecordedRun const run{result, manifest};
  auto const cards = claims.cards();
  return reports::html_report(run, {.cards = cards, .gnuplot = "gnuplot", .stop = [] { return StopSignal::told(); }});
}

void tell(std::vector<std::string> const& notes) {
  for (auto const& note : notes) std::fputs(fmt::format("{}\n", note).c_str(), stderr);
}

/// What is wrong with the history by now is no bad input: the run is there.
void keep(std::string const& history, reports::HistoryEntry const& entry) {
  try {
    reports::add_to_history(history, entry);
  } catch (InputError const& error) {
    throw WriteError(std::string(error.what()) + "; the reports of the run are written");
  }
}

/// To measure the last findings, to simulate for pictures and to draw them takes about twice as long as the beginning,
/// since both grow with the number of questions and with what else the machine does; less where the time that there is
/// answers few of them.
void reserve_closing(runs::RunSettings& settings, RunFrame const& frame) {
  settings.closing_seconds = std::min(2 * frame.seconds(), settings.deadline_seconds / 8);
}

int run(Options const& options) {
  auto study = read(options);
  if (options.history) reports::check_history(*options.history);
  RunFrame frame(RunKind::verify, options.run, study.settings.threads, study.name);
  reserve_closing(study.settings, frame);
  auto const facts = facts_of(study);
  std::string resumed;
  if (options.resume) {
    if (auto const whole = frame.whole_run(study.text, study.settings.seed)) return frame.tell_whole(*whole);
    resumed = frame.resume(facts);
  }
  frame.begin(study.settings.seed);
  tell(study.notes);
  auto const saver = frame.saver(facts);
  auto const result = carry_out(study, frame, std::move(resumed), *saver);
  if (!saver->trouble().empty()) tell({"The state of the run was not saved: " + saver->trouble()});
  tell(result.notes);
  auto const manifest = manifest_of(study, result, frame);
  frame.write_tables(result);
  frame.folder().write("summary.md", reports::summary_markdown(result.findings, manifest.status, result.noted));
  frame.folder().write_manifest(manifest);
  frame.say(text_of(study, result, manifest));  // before the page, which may fail for itself
  frame.folder().write("report.html", page_of(result, manifest, options.catalogue->claims));
  frame.folder().write_manifest(manifest);
  auto const page = frame.folder().path() / "report.html";
  std::fputs(fmt::format("Open {}\n", printable(page.string())).c_str(), stdout);
  if (options.history && !result.interrupted)
    keep(*options.history, {study.name, manifest, result.findings, frame.is_resumed()});
  if (!result.interrupted && !result.deadline_reached) frame.forget_state();
  if (!StopSignal::told() || result.interrupted) return manifest.exit_code;
  std::fputs(
      "Interrupted after the last replicate: all is written, but the page may lack pictures; `fisherlab report` "
      "draws them.\n",
      stderr);
  return exit_broken;
}

}  // namespace

Command verify_command() {
  return make_command<Options>(
      {.name = "verify",
       .meaning = "Put the claims of a study to the test",
       .footer = "Exit code: 0 all as expected, 1 a finding contradicts what was expected, 2 bad input,\n"
                 "3 broken or interrupted, 4 some finding stayed inconclusive.\n\n"
                 "  fisherlab verify\n  fisherlab verify smoke --seed 7\n"
                 "  fisherlab verify my_study.toml --out mine"},
      add, run);
}

}  // namespace fisherlab::cli
