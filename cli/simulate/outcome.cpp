#include "cli/simulate/outcome.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "cli/run/derivatives.hpp"
#include "cli/simulate/samples_csv.hpp"
#include "cli/simulate/simulation_words.hpp"
#include "cli/terminal/terminal.hpp"
#include "reports/tables/performance_text.hpp"

namespace fisherlab::cli {
namespace {

std::string text_of(runs::Simulation const& simulation, runs::SimulationResult const& result,
                    Manifest const& manifest) {
  auto const width = standard_output().width;
  auto const& card = simulation.law.model->card();
  std::string text = reports::performance_text(result.performance, width);
  for (auto const& line : wrapped("Hypotheses: " + card.name + " " + card.hypotheses + ".", std::min(width, 100)))
    text += line + '\n';
  text += derivatives_text(derivatives_of(card), width);
  if (result.interrupted) text += "\nInterrupted: only scenarios that were done are shown; --resume goes on.\n";
  return text + fmt::format("\n{} replicates in {}, {} replicates/s, seed {}.\n",
                            count_text(static_cast<double>(result.replicates)), duration_text(manifest.wall_seconds),
                            count_text(manifest.replicates_per_second), simulation.seed);
}

std::string programs_text(runs::Simulation const& simulation) {
  std::string text;
  for (auto const& use : programs_of(simulation)) text += runs::estimator_toml(use.estimator->command());
  return text;
}

}  // namespace

std::string study_of(runs::Simulation const& simulation) {
  std::vector<std::string> names;
  for (auto const& estimator : simulation.estimators) names.push_back('"' + estimator->name() + '"');
  auto const text = fmt::format(
      "model = \"{}\"\nparameters = \"{}\"\nn = [{}]\nreplicates = {}\nestimators = [{}]\nlevel = {}\n",
      simulation.law.model->card().name,
      simulation.more_laws.empty() ? claims::parameters_text(simulation.law) : theta_text(simulation),
      fmt::join(simulation.sizes, ", "), simulation.replicates, fmt::join(names, ", "), exact_text(simulation.level));
  auto const facts = facts_of(simulation);
  auto const asked = [&facts](char const* name) {
    auto const value = runs::fact(facts, name);
    return value == "none" ? std::string() : fmt::format("{} = \"{}\"\n", name, value);
  };
  return text + asked("intervals") + asked("null") + (simulation.score_controls ? "controls = \"score\"\n" : "") +
         (simulation.keep_estimates ? "keep-estimates = true\n" : "") +
         (draws_of(simulation) == "boost" ? "draws = \"boost\"\n" : "") + programs_text(simulation) +
         (simulation.model_text.empty() ? "" : "\n" + simulation.model_text);
}

runs::SimulationHooks hooks_of(Watch const& watch, runs::Saver& saver, std::string resumed) {
  runs::SimulationHooks hooks;
  hooks.stop = watch.stop;
  hooks.progress = [&watch](runs::SimulationProgress const& p) {
    watch.progress({p.scenario, 0, p.share, p.replicates});
  };
  hooks.elapsed_seconds = watch.elapsed_seconds;
  hooks.save = [&watch, &saver](std::string state) { saver.save(std::move(state), watch.elapsed_seconds()); };
  hooks.resumed = std::move(resumed);
  return hooks;
}

int end_simulation(runs::Simulation const& simulation, runs::SimulationResult const& result, RunFrame& frame,
                   std::int64_t kept_samples) {
  auto manifest = frame.manifest(status_of(result.interrupted), result.replicates);
  manifest.study = study_of(simulation);
  manifest.seed = simulation.seed;
  manifest.fingerprint = result.fingerprint;
  manifest.looks = 1;
  frame.write_and_say(
      [&] {
        frame.write_tables(result);
        if (kept_samples > 0 && !result.interrupted)
          frame.folder().write(samples_file, samples_csv(simulation, kept_samples));
        frame.folder().write_manifest(manifest);
        if (!result.interrupted) frame.forget_state();
      },
      text_of(simulation, result, manifest));
  return manifest.exit_code;
}

}  // namespace fisherlab::cli
