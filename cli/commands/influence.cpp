#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

#include "base/text/parse.hpp"
#include "cli/commands.hpp"
#include "cli/commands/influence_input.hpp"
#include "cli/commands/influence_run.hpp"
#include "cli/commands/influence_text.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/libraries.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/terminal.hpp"
#include "estimators/influence/removals/effects.hpp"
#include "reports/page/html.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/run_files.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

namespace est = estimators::influence;
using Groups = std::vector<std::vector<int>>;

constexpr double most_seconds_unasked = 60;
constexpr int rows_unasked = 20;
constexpr double seconds_a_batch = 1;  ///< what an interruption may lose, or ten times what a batch takes to get ready
constexpr std::int64_t most_leave_one_out_rows = 200'000;

double seconds_of(std::function<void()> const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// What refits cost on the threads of the run: getting ready, and each.
struct RefitCost {
  double ready = 0;
  double each = 0;

  double of(std::size_t count) const { return ready + each * static_cast<double>(count); }
};

/// From refits of one row and of five, spread over the data, on one thread.
RefitCost refit_cost(InfluenceInput const& input, InfluenceRun const& run) {
  est::RefitSettings settings;
  settings.threads = 1;
  int const n = input.train.rows();
  Groups const one = {{n / 2}};
  Groups five;
  for (int k = 0; k < 5; ++k) five.push_back({k * (n - 1) / 4});
  double const first = seconds_of([&] { est::refit_without(run.minimum, one, input.convention, settings); });
  double const all = seconds_of([&] { est::refit_without(run.minimum, five, input.convention, settings); });
  int const threads = input.threads > 0 ? input.threads : sim::default_threads();
  double const each = std::max(all - first, 0.0) / 4;
  return {std::max(first - each, 0.0), each / threads};
}

/// Decides which rows are refitted where nothing was asked for, and says how long all would take.
std::vector<int> chosen_rows(InfluenceInput const& input, InfluenceRun const& run, RefitCost const& cost, bool quiet) {
  auto choice = input.refit;
  auto const n = run.order.size();
  double const all = cost.of(n);
  if (choice.kind == RefitChoice::Kind::none) return {};
  bool const unsaid = choice.kind == RefitChoice::Kind::unsaid;
  if (unsaid && all >= most_seconds_unasked) choice = {RefitChoice::Kind::top, rows_unasked};
  auto rows = rows_to_refit(run, choice);
  if (!quiet) {
    auto text = fmt::format("All {} refits would take about {} (five were timed).", n, duration_text(all));
    if (unsaid && rows.size() < n)
      text += fmt::format(
          " That is over a minute, so the {} rows with the largest predicted effect are refitted; "
          "--refit all does all.",
          rows.size());
    std::fputs((text + '\n').c_str(), stderr);
  }
  return rows;
}

/// Refits in batches, so that what was done survives an interruption; `done` is given each. False when interrupted.
bool refit_in_batches(InfluenceInput const& input, est::Minimum const& minimum, Groups const& groups,
                      RefitCost const& cost, bool quiet,
                      std::function<void(std::size_t first, std::vector<est::Refit>)> const& done) {
  ProgressBar bar(!quiet);
  double const seconds = std::max(seconds_a_batch, 10 * cost.ready);
  auto const batch = static_cast<std::size_t>(std::clamp(seconds / std::max(cost.each, 1e-9), 16.0, 1e6));
  est::RefitSettings settings;
  settings.threads = input.threads;
  settings.seed = input.seed;
  settings.stop = [] { return StopSignal::told(); };
  for (std::size_t first = 0; first < groups.size(); first += batch) {
    auto const last = std::min(groups.size(), first + batch);
    Groups const part(groups.begin() + static_cast<std::ptrdiff_t>(first),
                      groups.begin() + static_cast<std::ptrdiff_t>(last));
    settings.advance = [&](std::int64_t count) {
      auto const total = static_cast<std::int64_t>(first) + count;
      bar.show({"refits without a row", 0, static_cast<double>(total) / static_cast<double>(groups.size()), total,
                "refits"});
    };
    try {
      done(first, est::refit_without(minimum, part, input.convention, settings));
    } catch (sim::Interrupted const&) {
      return false;
    }
  }
  return true;
}

/// Refits of rows, then of groups. False when interrupted.
bool make_refits(InfluenceInput const& input, InfluenceRun& run, bool quiet) {
  if (input.refit.kind == RefitChoice::Kind::none) return true;
  auto const cost = refit_cost(input, run);
  Groups rows, groups;
  for (int const row : chosen_rows(input, run, cost, quiet)) rows.push_back({row});
  for (auto const& group : run.groups) groups.push_back(group_rows(input, group.name));
  auto const add_rows = [&](std::size_t, std::vector<est::Refit> refits) { add_refits(run, std::move(refits)); };
  auto const add_groups = [&](std::size_t first, std::vector<est::Refit> refits) {
    auto const& [risk, theta] = run.minimum;
    for (std::size_t k = 0; k < refits.size(); ++k)
      if (!refits[k].change.hasNaN())
        run.groups[first + k].actual = est::effect(risk.problem, run.effects.front().test, theta, refits[k].change);
  };
  return refit_in_batches(input, run.minimum, groups, cost, quiet, add_groups) &&
         refit_in_batches(input, run.minimum, rows, cost, quiet, add_rows);
}

/// Rows whose changes of parameters are written, and why not all.
struct Written {
  std::vector<int> rows;
  std::string sentence;
};

Written written_rows(InfluenceInput const& input, InfluenceRun const& run) {
  std::vector<int> all(static_cast<std::size_t>(input.train.rows()));
  std::iota(all.begin(), all.end(), 0);
  auto const lines = static_cast<std::int64_t>(run.first.size());
  if (lines <= most_leave_one_out_rows) return {all, ""};
  auto rows = named_rows(run).all();
  auto const sentence = fmt::format(
      "leave_one_out.csv holds the {} rows named above ({} lines would be needed for all).\n", rows.size(), lines);
  return {std::move(rows), sentence};
}

Manifest manifest_of(InfluenceInput const& input, InfluenceRun const& run, runs::RunRecord const& record,
                     RunStatus status) {
  auto manifest = record.manifest(status);
  manifest.study = input.study();
  manifest.seed = input.seed;
  manifest.replicates = static_cast<std::int64_t>(run.refits.size());
  manifest.replicates_per_second = static_cast<double>(manifest.replicates) / manifest.wall_seconds;
  return manifest;
}

}  // namespace

int influence(InfluenceOptions const& options) {
  auto const input = read_influence(options);
  runs::RunFolder folder(options.run.out);
  runs::RunRecord const record(RunKind::influence, options.run.command, input.threads, libraries());
  StopSignal const stop;
  auto run = predict_removals(input);
  bool const complete = make_refits(input, run, options.run.quiet);
  int const code = complete ? exit_success : exit_broken;

  RecordedRun reports;
  reports.influence = influence_rows(input, run);
  reports.manifest = manifest_of(input, run, record, complete ? RunStatus::complete : RunStatus::interrupted);
  reports.manifest.exit_code = code;
  auto const written = written_rows(input, run);
  reports.leave_one_out = leave_one_out_rows(input, run, written.rows);
  auto const interrupted =
      complete ? std::string() : fmt::format("\nInterrupted after {} refits; they are on disk.\n", run.refits.size());
  auto const text = [&](int width) {
    auto const whole = influence_text(input, run, width) + written.sentence;
    return whole + interrupted;
  };
  folder.write_tables(reports, RunKind::influence);
  folder.write("summary.md", "# Influence\n\n```text\n" + text(100) + "```\n");
  folder.write("report.html", reports::html_report(reports, {}));
  folder.write_manifest(reports.manifest);

  auto const said =
      text(standard_output().width) +
      fmt::format("\nSeed {}, {}.\n{}\n", input.seed, duration_text(reports.manifest.wall_seconds), folder.sentence());
  std::fputs(said.c_str(), stdout);
  return code;
}

}  // namespace fisherlab::cli
