#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/parse.hpp"
#include "claims/instruments/moments.hpp"
#include "claims/instruments/performance_measures.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/libraries.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/terminal.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/names.hpp"
#include "reports/tables/performance_text.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/run_files.hpp"
#include "runs/replicates.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/parameters.hpp"
#include "sim/engine/engine.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::cli {
namespace {

struct Simulation {
  claims::Law law;
  std::vector<std::int64_t> sizes;
  std::int64_t replicates = 0;
  std::vector<estimators::AnyEstimator> estimators;
  double level = 0.95;
  std::uint64_t seed = 1;
  int threads = 0;
};

struct Simulated {
  RunTables tables;
  std::string fingerprints;
  std::int64_t replicates = 0;
  bool interrupted = false;
};

std::vector<estimators::AnyEstimator> read_estimators(std::string const& text, sim::AnyModel const& model) {
  std::vector<std::string> names;
  for (auto const& card : estimators::estimator_cards()) names.push_back(card.name);
  std::vector<estimators::AnyEstimator> result;
  std::vector<std::string> seen;
  for (auto const& name : split_list(text, "--estimator")) {
    auto const base = std::string(estimators::base_name(name));
    expects(std::find(names.begin(), names.end(), base) != names.end(),
            fmt::format("there is no estimator '{}', {}", clipped(printable(base), 40), suggestion(base, names)));
    auto estimator = estimators::make_estimator(name, model);
    expects(std::find(seen.begin(), seen.end(), estimator->name()) == seen.end(),
            fmt::format("--estimator has {} twice, give each once", estimator->name()));
    seen.push_back(estimator->name());
    result.push_back(std::move(estimator));
  }
  return result;
}

Simulation simulation_of(SimulateOptions const& options) {
  expects(options.model.has_value(),
          "simulate needs a model, as in `fisherlab simulate gamma --theta shape=2.5,rate=1.3 "
          "--n 100`");
  auto const card = runs::model_card(*options.model);
  expects(options.theta.has_value(),
          fmt::format("simulate needs --theta with the parameters of {}: {}", card.name, runs::parameter_names(card)));
  expects(options.n.has_value(), "simulate needs --n with the sample size, as in --n 100");
  Simulation s;
  s.law = runs::make_law(*options.model, runs::parse_assignments(*options.theta, "--theta"));
  s.sizes = parse_counts(*options.n, {"--n", 1, runs::max_sample_size});
  s.replicates = parse_count(options.replicates, {"--replicates", 2, runs::max_replicate_count});
  s.level = parse_level(options.level);
  s.estimators = read_estimators(options.estimators, s.law.model);
  if (options.run.seed) s.seed = parse_seed(*options.run.seed);
  if (options.run.threads)
    s.threads = static_cast<int>(parse_count(*options.run.threads, {"--threads", 1, runs::max_thread_count}));
  for (auto const n : s.sizes) runs::check_workload({n, s.law.model->dimension(), s.replicates, s.threads});
  for (auto const n : s.sizes)
    for (auto const& estimator : s.estimators)
      claims::expects_moment(s.law, *estimator, n, claims::moments_of_variance);
  return s;
}

/// One scenario, all estimators on the same samples.
void simulate_size(Simulation const& s, std::int64_t n, std::function<void(std::int64_t)> const& advance,
                   Simulated& out) {
  claims::Scenario const scenario{{s.law, s.law, {}}, n};
  std::vector<claims::Probe> probes;
  std::vector<sim::Tally> tallies;
  for (auto const& estimator : s.estimators) {
    probes.push_back(claims::performance_probe(s.law, 0, estimator, n, s.level));
    tallies.emplace_back(probes.back().shape);
  }
  std::vector<claims::Probe const*> shown;
  std::vector<sim::Tally*> kept;
  for (std::size_t k = 0; k < probes.size(); ++k) {
    shown.push_back(&probes[k]);
    kept.push_back(&tallies[k]);
  }
  runs::fold_replicates(scenario, shown, {s.seed, 0, s.replicates},
                        {s.threads, [] { return StopSignal::told(); }, advance}, kept);
  for (std::size_t k = 0; k < probes.size(); ++k) {
    auto const rows = claims::performance_rows(scenario, *s.estimators[k], tallies[k], s.level);
    out.tables.performance.insert(out.tables.performance.end(), rows.begin(), rows.end());
    out.fingerprints += fmt::format("{:016x}", tallies[k].fingerprint());
  }
}

Simulated run(Simulation const& s, bool quiet) {
  StopSignal const stop;
  ProgressBar bar(!quiet);
  Simulated out;
  double planned = 0;
  for (auto const n : s.sizes) planned += static_cast<double>(n) * static_cast<double>(s.replicates);
  double done = 0;
  try {
    for (auto const n : s.sizes) {
      auto const name = fmt::format("{} {}, n = {}", s.law.model->card().name, claims::parameters_text(s.law), n);
      simulate_size(
          s, n,
          [&](std::int64_t replicates) {
            out.replicates += replicates;
            done += static_cast<double>(n) * static_cast<double>(replicates);
            bar.show({name, 0, done / planned, out.replicates});
          },
          out);
    }
  } catch (sim::Interrupted const&) {
    out.interrupted = true;
  }
  return out;
}

}  // namespace

int simulate(SimulateOptions const& options) {
  Simulation const simulation = simulation_of(options);
  runs::RunFolder folder(options.run.out);
  runs::RunRecord const record(RunKind::simulate, options.run.command, simulation.threads, libraries());
  Simulated const result = run(simulation, options.run.quiet);
  int const code = result.interrupted ? exit_broken : exit_success;
  auto manifest = record.manifest(result.interrupted ? RunStatus::interrupted : RunStatus::complete);
  manifest.seed = simulation.seed;
  manifest.fingerprint = fmt::format("{:016x}", stable_hash(result.fingerprints));
  manifest.looks = 1;
  manifest.replicates = result.replicates;
  manifest.replicates_per_second = static_cast<double>(result.replicates) / manifest.wall_seconds;
  manifest.exit_code = code;
  folder.write_tables(result.tables, RunKind::simulate);
  folder.write_manifest(manifest);

  auto const width = standard_output().width;
  auto const& card = simulation.law.model->card();
  std::string text = reports::performance_text(result.tables.performance, width);
  for (auto const& line : wrapped("Hypotheses: " + card.name + " " + card.hypotheses + ".", std::min(width, 100)))
    text += line + '\n';
  if (result.interrupted) text += "\nInterrupted: only sample sizes that were done are shown.\n";
  text += fmt::format("\n{} replicates in {}, {} replicates/s, seed {}.\n{}\n",
                      count_text(static_cast<double>(result.replicates)), duration_text(manifest.wall_seconds),
                      count_text(manifest.replicates_per_second), simulation.seed, folder.sentence());
  std::fputs(text.c_str(), stdout);
  return code;
}

}  // namespace fisherlab::cli
