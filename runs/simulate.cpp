#include "runs/simulate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/probes/performance_measures.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/names.hpp"
#include "runs/replicates.hpp"
#include "runs/studies/limits.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

/// One scenario, all estimators on the same samples. Gives the fingerprints of the tallies.
std::string simulate_size(Simulation const& simulation, std::int64_t n, Execution const& execution,
                          std::vector<PerformanceRow>& rows) {
  auto const& law = simulation.law;
  claims::Scenario const scenario{{law, law, {}}, n};
  std::vector<claims::Probe> probes;
  std::vector<sim::Tally> tallies;
  for (auto const& estimator : simulation.estimators) {
    probes.push_back(claims::performance_probe(law, 0, estimator, n, simulation.level));
    tallies.emplace_back(probes.back().shape);
  }
  std::vector<claims::Probe const*> shown;
  std::vector<sim::Tally*> kept;
  for (auto const& probe : probes) shown.push_back(&probe);
  for (auto& tally : tallies) kept.push_back(&tally);
  fold_replicates(scenario, shown, {simulation.seed, 0, simulation.replicates}, execution, kept);
  std::string fingerprints;
  for (std::size_t k = 0; k < probes.size(); ++k) {
    auto const more = claims::performance_rows(scenario, *simulation.estimators[k], tallies[k], simulation.level);
    rows.insert(rows.end(), more.begin(), more.end());
    fingerprints += fmt::format("{:016x}", tallies[k].fingerprint());
  }
  return fingerprints;
}

double observations(std::int64_t n, std::int64_t replicates) {
  return static_cast<double>(n) * static_cast<double>(replicates);
}

}  // namespace

std::vector<estimators::AnyEstimator> make_estimators(std::vector<std::string> const& names, sim::AnyModel const& model,
                                                      std::string const& what,
                                                      estimators::Estimators const& catalogue) {
  std::vector<std::string> known;
  for (auto const& card : catalogue.cards()) known.push_back(card.name);
  std::vector<estimators::AnyEstimator> result;
  for (auto const& name : names) {
    auto const base = std::string(estimators::base_name(name));
    expects(std::find(known.begin(), known.end(), base) != known.end(),
            fmt::format("there is no estimator '{}', {}", clipped(printable(base), 40), suggestion(base, known)));
    auto const estimator = catalogue.make(name, model);
    bool const is_given = std::any_of(result.begin(), result.end(),
                                      [&](auto const& other) { return other->name() == estimator->name(); });
    expects(!is_given, fmt::format("{} has {} twice, give each once", what, estimator->name()));
    result.push_back(estimator);
  }
  return result;
}

void check(Simulation const& simulation) {
  auto const& law = simulation.law;
  for (auto const n : simulation.sizes)
    check_workload({n, law.model->dimension(), simulation.replicates, simulation.threads});
  for (auto const n : simulation.sizes)
    for (auto const& estimator : simulation.estimators)
      claims::expects_moment(law, *estimator, n, claims::moments_of_variance);
}

SimulationResult simulate(Simulation const& simulation, SimulationHooks const& hooks) {
  check(simulation);
  double planned = 0;
  for (auto const n : simulation.sizes) planned += observations(n, simulation.replicates);
  double done = 0;
  SimulationResult result;
  std::string fingerprints;
  try {
    for (auto const n : simulation.sizes) {
      auto const name =
          fmt::format("{} {}, n = {}", simulation.law.model->card().name, claims::parameters_text(simulation.law), n);
      auto const advance = [&](std::int64_t replicates) {
        result.replicates += replicates;
        done += observations(n, replicates);
        if (hooks.progress) hooks.progress({name, done / planned, result.replicates});
      };
      fingerprints += simulate_size(simulation, n, {simulation.threads, hooks.stop, advance}, result.performance);
    }
  } catch (sim::Interrupted const&) {
    result.interrupted = true;
  }
  result.fingerprint = fmt::format("{:016x}", stable_hash(fingerprints));
  return result;
}

}  // namespace fisherlab::runs
