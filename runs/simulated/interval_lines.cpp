#include "runs/simulated/interval_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "base/statistics/middle_of_bins.hpp"
#include "claims/instruments/probes/intervals.hpp"
#include "estimators/error.hpp"
#include "runs/external/external_estimator.hpp"
#include "runs/simulated_size.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t lines = 200;          ///< of a picture
constexpr std::size_t most_scenarios = 24;  ///< that are drawn again at every n
constexpr int numbers = 3;                  ///< of a component: estimate and ends

/// Replicates that are drawn again: 20 a line, but no more than four million observations or a sixteenth of the run,
/// since nothing of it is saved and a signal has to wait for it.
std::int64_t redrawn(Simulation const& simulation, std::int64_t n) {
  std::int64_t const affordable = std::max(4'000'000 / n, simulation.replicates / 16);
  return std::min(simulation.replicates, std::clamp<std::int64_t>(affordable, 1, 4096));
}

/// Writes down the estimate and the ends of the interval that coverage is counted of: the estimator's own where it
/// gives one, else Wald's.
claims::Probe ends_probe(estimators::AnyEstimator const& estimator, std::vector<double> const& truth, double z) {
  claims::Probe probe;
  probe.shape.records = numbers * static_cast<int>(truth.size());
  probe.needs_sample = false;
  probe.estimator = estimator;
  probe.observe = [error_of = estimators::EstimationError(*estimator, truth), truth, z](claims::Batch const& batch,
                                                                                        sim::Observed& out) {
    auto const& estimates = *batch.estimates;
    for (std::size_t a = 0; a < truth.size(); ++a) {
      sim::Lanes const value = truth[a] + error_of(estimates, a);
      sim::Lanes const turned = value - estimates.value[a];  // 0 but for an angle
      auto* const record = out.records.data() + numbers * a;
      record[0] = value;
      record[1] = estimates.lower.empty() ? value - z * estimates.std_error[a] : estimates.lower[a] + turned;
      record[2] = estimates.lower.empty() ? value + z * estimates.std_error[a] : estimates.upper[a] + turned;
    }
  };
  return probe;
}

/// Distance of an estimate from the truth in standard errors: beyond the critical value on that side where the interval
/// misses. An interval of an estimator's own need not be even about the estimate.
double distance(double const* record, double truth, double z) {
  double const reach = record[0] > truth ? record[0] - record[1] : record[2] - record[0];
  return z * (record[0] - truth) / reach;
}

void add_lines(ReplicateInterval row, std::vector<double> const& records, std::size_t width, std::size_t place,
               double z, PictureRows& pictures) {
  std::vector<double> distances;
  for (std::size_t at = place; at < records.size(); at += width)
    distances.push_back(distance(records.data() + at, row.truth, z));
  std::vector<double> sizes(distances.size());
  std::ranges::transform(distances, sizes.begin(), [](double x) { return std::fabs(x); });
  for (auto const k : middle_of_bins(sizes, lines)) {
    double const* const record = records.data() + k * width + place;
    row.replicate = static_cast<std::int64_t>(k);
    row.estimate = record[0];
    row.lower = record[1];
    row.upper = record[2];
    row.z = distances[k];
    pictures.intervals.push_back(row);
  }
}

bool is_asked_again(estimators::Estimator const& estimator) {
  return (estimator.reports_std_errors() || estimator.reports_intervals()) &&
         dynamic_cast<ExternalEstimator const*>(&estimator) == nullptr;
}

void redraw(Simulation const& simulation, SimulatedScenario const& drawn, PictureRows& pictures) {
  auto const law = simulation.laws()[drawn.law];
  claims::Scenario const scenario{{law, law, {}}, drawn.n};
  double const z = claims::critical_value(simulation.level);
  std::vector<estimators::AnyEstimator> asked;
  std::ranges::copy_if(simulation.estimators, std::back_inserter(asked),
                       [](auto const& estimator) { return is_asked_again(*estimator); });
  std::vector<claims::Probe> probes;
  std::vector<sim::Tally> tallies;
  for (auto const& estimator : asked) {
    probes.push_back(ends_probe(estimator, estimator->target(law.theta).value, z));
    tallies.emplace_back(probes.back().shape);
  }
  if (asked.empty()) return;
  std::vector<claims::Probe const*> shown;
  std::vector<sim::Tally*> kept;
  for (std::size_t k = 0; k < asked.size(); ++k) {
    shown.push_back(&probes[k]);
    kept.push_back(&tallies[k]);
  }
  fold_replicates(scenario, shown, {simulation.seed, 0, redrawn(simulation, drawn.n)}, {simulation.threads, {}, {}},
                  kept);
  for (std::size_t k = 0; k < asked.size(); ++k) {
    auto const truth = asked[k]->target(law.theta).value;
    auto const names = asked[k]->components();
    for (std::size_t a = 0; a < truth.size(); ++a) {
      ReplicateInterval row;
      row.model = claims::model_text(scenario.setting);
      row.parameters = claims::parameters_text(law);
      row.n = drawn.n;
      row.component = names[a];
      row.interval = asked[k]->name();
      row.level = simulation.level;
      row.truth = truth[a];
      add_lines(std::move(row), tallies[k].records, numbers * truth.size(), numbers * a, z, pictures);
    }
  }
}

CurveRow coverage_point(PerformanceRow const& row, double level) {
  double const reach = 2 * row.coverage->mcse;
  return {"",
          row.model,
          row.parameters,
          Quantity::coverage,
          row.estimator,
          row.component,
          row.n,
          row.replicates,
          row.coverage->value,
          row.coverage->value - reach,
          row.coverage->value + reach,
          level};
}

}  // namespace

void add_interval_lines(Simulation const& simulation, SimulationResult& result) {
  PictureRows pictures;
  for (auto const& row : result.performance)
    if (row.coverage) pictures.curves.push_back(coverage_point(row, simulation.level));
  auto const scenarios = simulated_scenarios(simulation);
  auto const least = std::ranges::min(simulation.sizes);
  std::size_t taken = 0;
  for (auto const& scenario : scenarios) {
    bool const is_shown = scenarios.size() <= most_scenarios || (scenario.n == least && taken < most_scenarios);
    if (!is_shown) continue;
    redraw(simulation, scenario, pictures);
    ++taken;
  }
  result.pictures = std::move(pictures);
}

}  // namespace fisherlab::runs
