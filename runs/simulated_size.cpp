#include "runs/simulated_size.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <utility>

#include "base/hash.hpp"
#include "claims/instruments/probes/performance_measures.hpp"
#include "runs/blocks/pack_fold.hpp"

namespace fisherlab::runs {
namespace {

/// Its place among the estimators, where intervals by it are compared.
std::optional<std::size_t> maximum_likelihood(Simulation const& simulation) {
  if (simulation.intervals.empty()) return std::nullopt;
  for (std::size_t k = 0; k < simulation.estimators.size(); ++k)
    if (simulation.estimators[k]->name() == "mle") return k;
  return std::nullopt;
}

Stretch stretch_of(Simulation const& simulation) { return {simulation.seed, 0, simulation.replicates}; }

}  // namespace

std::vector<ControlledEstimators> controlled_estimators(Simulation const& simulation) {
  std::vector<ControlledEstimators> result;
  for (auto const& law : simulation.laws()) {
    auto& of_law = result.emplace_back();
    if (!simulation.score_controls) continue;
    auto const controls = claims::score_controls(law);
    for (auto const& estimator : simulation.estimators) of_law.emplace_back(law, estimator, controls);
  }
  return result;
}

std::vector<SimulatedScenario> simulated_scenarios(Simulation const& simulation) {
  std::vector<SimulatedScenario> scenarios;
  for (std::size_t law = 0; law <= simulation.more_laws.size(); ++law)
    for (auto const n : simulation.sizes) scenarios.push_back({law, n});
  return scenarios;
}

SimulatedSize::SimulatedSize(Simulation const& simulation, ControlledEstimators const& controlled,
                             SimulatedScenario const& scenario)
    : simulation_(simulation),
      controlled_(controlled),
      scenario_{{simulation.laws()[scenario.law], simulation.laws()[scenario.law], {}}, scenario.n},
      fold_(blocks_of(stretch_of(simulation))) {
  for (auto const& estimator : simulation.estimators)
    probes_.push_back(claims::performance_probe(scenario_.setting.model, 0, estimator, n(), simulation.level));
  for (auto const& each : controlled)
    for (auto& probe : each.probes()) probes_.push_back(std::move(probe));
  if (auto const mle = maximum_likelihood(simulation))
    for (std::size_t a = 0; a < scenario_.setting.model.theta.size(); ++a)
      probes_.push_back(
          claims::interval_probe(scenario_.setting.model, simulation.estimators[*mle], a, simulation.compared()));
  if (simulation.keep_estimates)
    for (auto const& estimator : simulation.estimators) probes_.push_back(claims::records_probe(estimator, 0));
}

std::string SimulatedSize::name() const {
  auto const& law = scenario_.setting.model;
  return fmt::format("{} {}, n = {}", law.model->card().name, claims::parameters_text(law), n());
}

void SimulatedSize::draw(BlockRanges const& blocks, Execution const& execution) {
  std::vector<claims::Probe const*> shown;
  for (auto const& probe : probes_) shown.push_back(&probe);
  fold_blocks(scenario_, shown, stretch_of(simulation_), blocks, execution, fold_);
}

void SimulatedSize::pack(Packer& packer) const { runs::pack(packer, fold_); }

void SimulatedSize::unpack(Unpacker& unpacker) {
  std::vector<sim::TallyShape> shapes;
  for (auto const& probe : probes_) shapes.push_back(probe.shape);
  runs::unpack(unpacker, shapes, fold_);
}

void SimulatedSize::measure(SimulationResult& result, std::string& fingerprints) {
  auto tallies = fold_.take();
  auto const count = simulation_.estimators.size();
  for (std::size_t k = 0; k < count; ++k) {
    auto more = claims::performance_rows(scenario_, *simulation_.estimators[k], tallies[k], simulation_.level);
    if (!controlled_.empty())
      controlled_[k].add_to(more, scenario_.n, tallies[count + 2 * k], tallies[count + 2 * k + 1]);
    if (maximum_likelihood(simulation_) == k) more = compared_rows(more, tallies);
    result.performance.insert(result.performance.end(), more.begin(), more.end());
  }
  auto const kept = simulation_.keep_estimates ? count : 0;  // at the end; they enter no fingerprint
  for (std::size_t k = 0; k + kept < tallies.size(); ++k)
    fingerprints += fmt::format("{:016x}", tallies[k].fingerprint());
  for (std::size_t k = 0; k < kept; ++k) {
    auto const& estimator = *simulation_.estimators[k];
    result.estimates.push_back({model_text(scenario_.setting), claims::parameters_text(scenario_.setting.model), n(),
                                estimator.name(), estimator.components(),
                                std::move(tallies[tallies.size() - kept + k].records)});
  }
}

std::vector<PerformanceRow> SimulatedSize::compared_rows(std::vector<PerformanceRow> const& of_mle,
                                                         std::vector<sim::Tally> const& tallies) const {
  auto const first = simulation_.estimators.size() + (controlled_.empty() ? 0 : 2 * controlled_.size());
  std::vector<PerformanceRow> rows;
  std::vector<std::vector<PerformanceRow>> of_component;
  for (std::size_t a = 0; a < of_mle.size(); ++a)
    of_component.push_back(claims::interval_rows(of_mle[a], a, tallies[first + a], simulation_.compared()));
  for (std::size_t k = 0; k < simulation_.intervals.size(); ++k)  // method by method, as estimators are
    for (auto const& component : of_component) rows.push_back(component[k]);
  return rows;
}

std::string simulation_fingerprint(std::string const& fingerprints) {
  return fmt::format("{:016x}", stable_hash(fingerprints));
}

}  // namespace fisherlab::runs
