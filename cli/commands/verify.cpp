#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "claims/catalogue.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/plan.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/libraries.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/terminal.hpp"
#include "reports/nights/history.hpp"
#include "reports/page/html.hpp"
#include "reports/tables/summary_md.hpp"
#include "reports/tables/terminal_table.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/run_files.hpp"
#include "runs/folder/run_reader.hpp"
#include "runs/run.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {
namespace {

/// The study with what the command line says otherwise.
runs::Study study_of(VerifyOptions const& options) {
  runs::Study study = runs::load_study(options.study);
  auto& settings = study.settings;
  if (options.run.seed) settings.seed = parse_seed(*options.run.seed);
  if (options.run.threads)
    settings.threads = static_cast<int>(parse_count(*options.run.threads, {"--threads", 1, runs::max_thread_count}));
  if (options.max_replicates) {
    settings.max_replicates = parse_count(*options.max_replicates, {"--max-replicates", 1, runs::max_replicate_count});
    settings.first_replicates = std::min(settings.first_replicates, settings.max_replicates);
  }
  if (options.deadline) settings.deadline_seconds = parse_duration(*options.deadline, "--deadline");
  settings.keep_estimates = options.keep_estimates;
  settings.pictures = true;
  for (auto const& question : study.questions)
    for (auto const& scenario : claims::scenarios_of(question))
      runs::check_workload(
          {scenario.n, scenario.setting.data.model->dimension(), settings.first_replicates, settings.threads});
  return study;
}

runs::RunResult run_study(runs::Study const& study, runs::RunRecord const& record, bool quiet) {
  StopSignal const stop;
  ProgressBar bar(!quiet);
  runs::RunHooks hooks;
  hooks.stop = [] { return StopSignal::told(); };
  hooks.elapsed_seconds = [&record] { return record.seconds(); };
  hooks.progress = [&bar](runs::Progress const& p) {
    double const share = p.planned > 0 ? static_cast<double>(p.done) / static_cast<double>(p.planned) : 0.0;
    bar.show({p.scenario, p.look, share, p.replicates});
  };
  return runs::run(study.questions, study.settings, hooks);
}

RunStatus status_of(runs::RunResult const& result) {
  if (result.interrupted) return RunStatus::interrupted;
  return result.deadline_reached ? RunStatus::deadline : RunStatus::complete;
}

Manifest manifest_of(runs::Study const& study, runs::RunResult const& result, runs::RunRecord const& record, int code) {
  auto manifest = record.manifest(status_of(result));
  manifest.study = study.text;
  manifest.seed = study.settings.seed;
  manifest.family_error = study.settings.family_error;
  manifest.fingerprint = result.fingerprint;
  manifest.looks = result.looks;
  manifest.replicates = result.replicates;
  if (manifest.wall_seconds > 0)
    manifest.replicates_per_second = static_cast<double>(result.replicates) / manifest.wall_seconds;
  manifest.deadline_reached = result.deadline_reached;
  manifest.exit_code = code;
  return manifest;
}

void print_result(runs::Study const& study, runs::RunResult const& result, Manifest const& manifest,
                  runs::RunFolder const& folder) {
  auto const terminal = standard_output();
  std::string text = reports::findings_table(result.findings, {terminal.width, terminal.colour});
  if (result.interrupted) text += "\nInterrupted: the table holds what was decided until then.\n";
  if (result.deadline_reached) text += "\nThe deadline was reached: open findings were given no further look.\n";
  text += fmt::format("\nStudy {}, seed {}: {} replicates in {} ({}/s), {} {}.\n{}\n", study.name, manifest.seed,
                      count_text(static_cast<double>(manifest.replicates)), duration_text(manifest.wall_seconds),
                      count_text(manifest.replicates_per_second), manifest.looks,
                      manifest.looks == 1 ? "look" : "looks", folder.sentence());
  std::fputs(text.c_str(), stdout);
}

std::string page_of(runs::RunResult const& result, Manifest const& manifest) {
  RecordedRun const run{result, manifest};
  auto const cards = claims::shipped_claims().cards();
  return reports::html_report(run, {.cards = cards});
}

}  // namespace

int verify(VerifyOptions const& options) {
  runs::Study const study = study_of(options);
  if (options.history) reports::check_history(*options.history);
  runs::RunFolder folder(options.run.out);
  for (auto const& note : study.notes) std::fputs(fmt::format("{}\n", note).c_str(), stderr);
  runs::RunRecord const record(RunKind::verify, options.run.command, study.settings.threads, libraries());
  auto const result = run_study(study, record, options.run.quiet);
  for (auto const& note : result.notes) std::fputs(fmt::format("{}\n", note).c_str(), stderr);
  int const code = result.interrupted ? exit_broken : claims::exit_code(result.findings);
  auto const manifest = manifest_of(study, result, record, code);
  folder.write_tables(result, RunKind::verify);
  folder.write("summary.md", reports::summary_markdown(result.findings));
  folder.write_manifest(manifest);
  print_result(study, result, manifest, folder);  // before the page, which may fail for itself
  folder.write("report.html", page_of(result, manifest));
  std::fputs(fmt::format("Open {}\n", printable((folder.path() / "report.html").string())).c_str(), stdout);
  if (options.history && !result.interrupted)
    reports::add_to_history(*options.history, {study.name, manifest, result.findings});
  return code;
}

}  // namespace fisherlab::cli
