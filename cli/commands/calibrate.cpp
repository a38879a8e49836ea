#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/text/parse.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/libraries.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/terminal.hpp"
#include "reports/tables/calibration_table.hpp"
#include "runs/calibration/calibration.hpp"
#include "runs/calibration/far_level.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/run_files.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/study.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::cli {
namespace {

constexpr int exit_contradicted = 1;
constexpr std::int64_t most_runs = 1'000'000;

/// All that is asked for, read and checked.
struct Plan {
  runs::Study study;
  std::int64_t runs = 0;
  std::optional<IntervalLevel> far;  ///< level in use of --far
  std::int64_t far_runs = 0;
};

struct Done {
  runs::Calibration verdicts;
  runs::FarCheck far;

  bool interrupted() const { return verdicts.interrupted || far.interrupted; }
  bool deadline_reached() const { return verdicts.deadline_reached || far.deadline_reached; }
  RunStatus status() const {
    if (interrupted()) return RunStatus::interrupted;
    return deadline_reached() ? RunStatus::deadline : RunStatus::complete;
  }
  RunTables tables() const {
    RunTables tables;
    tables.calibration = verdicts.rows;
    for (auto const& row : far.rows) tables.calibration.push_back(row.as_calibration_row());
    return tables;
  }
  std::int64_t replicates() const { return verdicts.replicates + far.replicates; }
};

Plan plan_of(CalibrateOptions const& options) {
  Plan plan{runs::load_study(options.study), 0, {}, 0};
  auto& settings = plan.study.settings;
  plan.runs = parse_count(options.runs, {"--runs", 1, most_runs});
  plan.far_runs = parse_count(options.far_runs, {"--far-runs", 1, most_runs});
  if (options.run.seed) settings.seed = parse_seed(*options.run.seed);
  if (options.run.threads)
    settings.threads = static_cast<int>(parse_count(*options.run.threads, {"--threads", 1, runs::max_thread_count}));
  if (options.deadline) settings.deadline_seconds = parse_duration(*options.deadline, "--deadline");
  if (options.far) {
    auto const in_use = runs::load_study(*options.far);
    plan.far = runs::first_look(in_use.settings, claims::finding_count(in_use.questions));
  }
  for (auto const& question : plan.study.questions)
    for (auto const& scenario : claims::scenarios_of(question))
      runs::check_workload(
          {scenario.n, scenario.setting.data.model->dimension(), settings.max_replicates, settings.threads});
  return plan;
}

Done run(Plan const& plan, runs::RunRecord const& record, bool quiet) {
  StopSignal const stop;
  ProgressBar bar(!quiet);
  runs::CalibrationHooks hooks;
  hooks.stop = [] { return StopSignal::told(); };
  hooks.elapsed_seconds = [&record] { return record.seconds(); };
  hooks.progress = [&bar](runs::CalibrationProgress const& p) { bar.show({p.subject, 0, p.share, p.replicates}); };
  auto const& settings = plan.study.settings;
  Done done{runs::calibrate(plan.study.subjects, settings, plan.runs, hooks), {}};
  if (plan.far && !done.interrupted() && !done.deadline_reached())
    done.far = runs::check_far_level(plan.study.subjects, settings, *plan.far, plan.far_runs, hooks);
  return done;
}

int exit_code(Plan const& plan, Done const& done) {
  if (done.interrupted()) return exit_broken;
  double const family_error = plan.study.settings.family_error;
  return contradicting_claims(done.verdicts.rows, family_error).empty() ? exit_success : exit_contradicted;
}

Manifest manifest_of(Plan const& plan, Done const& done, runs::RunRecord const& record, int code) {
  auto manifest = record.manifest(done.status());
  manifest.study = plan.study.text;
  manifest.seed = plan.study.settings.seed;
  manifest.family_error = plan.study.settings.family_error;
  manifest.fingerprint = done.verdicts.fingerprint;
  if (plan.far)
    manifest.fingerprint = fmt::format("{:016x}", stable_hash(done.verdicts.fingerprint + done.far.fingerprint));
  manifest.replicates = done.replicates();
  if (manifest.wall_seconds > 0)
    manifest.replicates_per_second = static_cast<double>(manifest.replicates) / manifest.wall_seconds;
  manifest.deadline_reached = done.deadline_reached();
  manifest.exit_code = code;
  return manifest;
}

}  // namespace

int calibrate(CalibrateOptions const& options) {
  Plan const plan = plan_of(options);
  runs::RunFolder folder(options.run.out);
  runs::RunRecord const record(RunKind::calibrate, options.run.command, plan.study.settings.threads, libraries());
  Done const done = run(plan, record, options.run.quiet);
  int const code = exit_code(plan, done);
  auto const manifest = manifest_of(plan, done, record, code);
  folder.write_tables(done.tables(), RunKind::calibrate);
  folder.write_manifest(manifest);

  int const width = standard_output().width;
  auto text = reports::calibration_table(done.verdicts.rows, manifest.family_error, width);
  if (plan.far) text += '\n' + reports::far_table(done.far.rows, *plan.far, width);
  if (done.interrupted()) text += "\nInterrupted: only what was done whole is shown.\n";
  if (done.deadline_reached()) text += "\nThe deadline was reached: what was left is not shown.\n";
  text += fmt::format("\nStudy {}, seed {}: {} replicates in {} ({}/s), {} runs a row.\n{}\n", plan.study.name,
                      manifest.seed, count_text(static_cast<double>(manifest.replicates)),
                      duration_text(manifest.wall_seconds), count_text(manifest.replicates_per_second), plan.runs,
                      folder.sentence());
  std::fputs(text.c_str(), stdout);
  return code;
}

}  // namespace fisherlab::cli
