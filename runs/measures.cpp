#include "runs/measures.hpp"

#include <utility>

#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/probes/performance_measures.hpp"

namespace fisherlab::runs {
namespace {

constexpr double level = 0.95;  ///< of the Wald interval whose coverage is measured

Measure made(claims::Scenario const& scenario, claims::Probe probe) {
  sim::Tally tally(probe.shape);
  return {scenario, std::move(probe), std::move(tally)};
}

}  // namespace

std::vector<Measure> measures_of(claims::Scenario const& scenario, estimators::AnyEstimator const& estimator,
                                 RunSettings const& settings) {
  auto const& law = scenario.setting.model;
  std::vector<Measure> measures;
  if (settings.performance && moment_exists(scenario.setting, *estimator, scenario.n, claims::moments_of_variance))
    measures.push_back(made(scenario, performance_probe(law, 0, estimator, scenario.n, level)));
  if (settings.keep_estimates) measures.push_back(made(scenario, claims::records_probe(estimator, 0)));
  return measures;
}

void collect_into(RunResult& result, Measure& measure) {
  auto const& [scenario, probe, tally] = measure;
  if (measure.keeps_estimates()) {
    result.estimates.push_back({model_text(scenario.setting), parameters_text(scenario.setting.model), scenario.n,
                                probe.estimator->name(), probe.estimator->components(),
                                std::move(measure.tally.records)});
    return;
  }
  auto const rows = performance_rows(scenario, *probe.estimator, tally, level);
  result.performance.insert(result.performance.end(), rows.begin(), rows.end());
}

}  // namespace fisherlab::runs
