#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/text/parse.hpp"
#include "cli/command_line/command.hpp"
#include "cli/run/model_file.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/run_tables.hpp"
#include "reports/tables/calibration_table.hpp"
#include "reports/tables/far_table.hpp"
#include "runs/calibration/calibration.hpp"
#include "runs/calibration/far_level.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/resume/save_clock.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {
namespace {

constexpr int exit_contradicted = 1;
constexpr double save_seconds = 8;
constexpr std::int64_t most_runs = 1'000'000;

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::string study = "calibration";
  std::string runs = "200";
  std::optional<std::string> far;  ///< a study whose findings are examined at the level in use
  std::string far_samples = "400";
  std::string far_part = "1/1";
  std::optional<std::string> deadline;
  bool resume = false;
  ModelFileOption models;
  RunOptions run;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments.place(values::study(), options.study,
                  "A shipped study (`fisherlab list studies`) or the path of a TOML file; calibration unless given");
  arguments.option("--runs", values::plain("N"), options.runs,
                   "Verdicts for each planted truth and each size of defect");
  arguments.option("--far", values::study(), options.far,
                   "Also examine the findings of this study at the level in use, by importance sampling");
  arguments.option("--far-samples", values::plain("N"), options.far_samples, "Samples for each finding of --far");
  arguments.option("--far-part", values::plain("K/M"), options.far_part,
                   "Of the cases of --far every M-th, beginning with the K-th");
  arguments.option("--deadline", values::plain("D"), options.deadline,
                   "No row starts that would end later, as 90s, 30min or 2h");
  arguments.flag("--resume", options.resume, "Go on with the run in the folder that did not come to its end");
  add_model_file_option(arguments, options.models);
  add_run_options(arguments, options.run);
}

/// All that is asked for, read and checked.
struct Plan {
  runs::Study study;
  std::int64_t runs = 0;
  std::optional<runs::Study> far;  ///< the study of --far
  runs::FarSettings examination;
};

struct Done {
  runs::Calibration verdicts;
  runs::FarCheck far;

  bool interrupted() const { return verdicts.interrupted || far.interrupted; }
  bool deadline_reached() const { return verdicts.deadline_reached || far.deadline_reached; }
  RunTables tables() const {
    RunTables tables;
    tables.calibration = verdicts.rows;
    tables.far = far.rows;
    return tables;
  }
  std::int64_t replicates() const { return verdicts.replicates + far.replicates; }
};

/// "3/10", the third tenth.
runs::FarPart part_of(std::string const& text) {
  auto const slash = text.find('/');
  expects(slash != std::string::npos, "--far-part '" + text + "' is not of the form K/M, give one such as 3/10");
  auto const parts = parse_count(text.substr(slash + 1), {"the M of --far-part K/M", 1, most_runs});
  return {parse_count(text.substr(0, slash), {"the K of --far-part K/M", 1, parts}) - 1, parts};
}

Plan read(Options const& options) {
  auto const models = known_models(options.models, *options.catalogue).added_toml();
  Plan plan{runs::load_study(options.study, *options.catalogue, models), 0, {}, {}};
  auto& settings = plan.study.settings;
  plan.runs = parse_count(options.runs, {"--runs", 1, most_runs});
  plan.examination.samples = parse_count(options.far_samples, {"--far-samples", 1, most_runs});
  plan.examination.part = part_of(options.far_part);
  read_run_options(options.run, settings.seed, settings.threads);
  if (options.deadline) settings.deadline_seconds = parse_duration(*options.deadline, "--deadline");
  if (options.far) {
    plan.far = runs::load_study(*options.far, *options.catalogue, models);
    plan.examination.study = plan.far->settings;
    plan.examination.study.threads = settings.threads;
    plan.examination.study.deadline_seconds = settings.deadline_seconds;
    plan.examination.seed = settings.seed;
  }
  runs::check_workload(plan.study, settings.max_replicates);
  return plan;
}

/// What decides the bytes of the run.
runs::RunFacts facts_of(Plan const& plan) {
  auto const& far = plan.examination;
  return {{"version", runs::version()},
          {"study", plan.study.name},
          {"the study's text", runs::sha256(plan.study.text)},
          {"seed", std::to_string(plan.study.settings.seed)},
          {"runs", std::to_string(plan.runs)},
          {"far", plan.far ? plan.far->name : "none"},
          {"the text of --far", plan.far ? runs::sha256(plan.far->text) : "none"},
          {"far-samples", std::to_string(far.samples)},
          {"far-part", fmt::format("{}/{}", far.part.part + 1, far.part.parts)}};
}

Done carry_out(Plan const& plan, RunFrame const& frame, runs::CalibrationState state, runs::Saver& saver) {
  return frame.watch([&](Watch const& watch) {
    auto const show = [&watch](runs::CalibrationProgress const& p) {
      watch.progress({p.subject, 0, p.share, p.replicates});
    };
    runs::SaveClock clock(watch.elapsed_seconds, save_seconds);
    clock.saved();
    auto const save = [&] {
      saver.save(state.packed(), watch.elapsed_seconds());
      clock.saved();
    };
    auto const advance = [&] {
      if (clock.is_due()) save();
    };
    runs::CalibrationHooks const hooks{watch.stop, show, watch.elapsed_seconds, &state, advance};
    auto const& settings = plan.study.settings;
    Done done{runs::calibrate(plan.study.subjects, settings, plan.runs, hooks), {}};
    if (plan.far && !done.interrupted() && !done.deadline_reached())
      done.far = runs::check_far_level(plan.far->subjects, plan.examination, hooks);
    save();
    saver.finish();
    return done;
  });
}

int exit_code(Plan const& plan, Done const& done) {
  double const family_error = plan.study.settings.family_error;
  bool const wrong = !contradicting_claims(done.verdicts.rows, family_error).empty() ||
                     contradicts_in_sum(done.verdicts.rows, family_error) || far_sum(done.far.rows).lower > 1;
  return wrong ? exit_contradicted : exit_success;
}

Manifest manifest_of(Plan const& plan, Done const& done, RunFrame const& frame) {
  auto manifest =
      frame.manifest(status_of(done.interrupted(), done.deadline_reached()), done.replicates(), exit_code(plan, done));
  manifest.study = plan.study.text;
  manifest.seed = plan.study.settings.seed;
  manifest.family_error = plan.study.settings.family_error;
  manifest.fingerprint = done.verdicts.fingerprint;
  if (plan.far)
    manifest.fingerprint = fmt::format("{:016x}", stable_hash(done.verdicts.fingerprint + done.far.fingerprint));
  manifest.deadline_reached = done.deadline_reached();
  return manifest;
}

std::string text_of(Plan const& plan, Done const& done, Manifest const& manifest) {
  int const width = standard_output().width;
  auto text = reports::calibration_table(done.verdicts.rows, manifest.family_error, width);
  if (plan.far)
    text += '\n' + reports::far_table(done.far.rows, {plan.far->settings.family_error, done.far.findings}, width);
  if (done.interrupted()) text += "\nInterrupted: only what was done whole is shown; --resume goes on.\n";
  if (done.deadline_reached())
    text += "\nThe deadline was reached: what was left is not shown; --resume with a later one goes on.\n";
  return text + study_sentence(plan.study.name, manifest, fmt::format("{} runs a row", plan.runs));
}

int run(Options const& options) {
  auto const plan = read(options);
  RunFrame frame(RunKind::calibrate, options.run, plan.study.settings.threads, plan.study.name);
  frame.is_of(facts_of(plan));
  runs::CalibrationState state;
  if (options.resume) {
    if (auto const exit_code = frame.has_ended()) return *exit_code;
    if (auto const resumed = frame.resume(); !resumed.empty()) state.unpack(resumed);
  }
  frame.begin(plan.study.settings.seed);
  auto const saver = frame.saver();
  auto const done = carry_out(plan, frame, std::move(state), *saver);
  if (!saver->trouble().empty()) std::fputs(("The state was not saved: " + saver->trouble() + '\n').c_str(), stderr);
  auto const manifest = manifest_of(plan, done, frame);
  frame.write_and_say(
      [&] {
        frame.write_tables(done.tables());
        frame.folder().write_manifest(manifest);
      },
      text_of(plan, done, manifest));
  if (manifest.status == RunStatus::complete) frame.forget_state();
  return manifest.exit_code;
}

}  // namespace

Command calibrate_command() {
  return make_command<Options>(
      {.name = "calibrate",
       .meaning = "Measure how often verdicts are wrong, and the smallest defects they find",
       .footer = "Exit code: 0 no claim is wrong oftener than declared, 1 one is, 2 bad input, 3 broken or\n"
                 "interrupted.\n\n"
                 "  fisherlab calibrate\n  fisherlab calibrate my_study.toml --runs 1000\n"
                 "  fisherlab calibrate --far notes --far-part 3/10"},
      add, run);
}

}  // namespace fisherlab::cli
