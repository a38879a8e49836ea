#include "claims/instruments/probes/performance_measures.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "claims/evidence/matrix.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/bias_eliminated_coverage.hpp"
#include "claims/instruments/probes/intervals.hpp"
#include "claims/instruments/probes/tallied_measures.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// Values folded for each component: e, e^2, squared standard error, and whether the interval holds the watched points.
constexpr int watched = measured_values;
constexpr int per_component = watched + static_cast<int>(watched_points.size());

struct Scale {
  std::vector<double> units;   ///< one a component
  std::vector<double> bounds;  ///< Cramer-Rao bounds of the variance at n, empty outside the hypotheses
};

Scale scale_of(Law const& law, estimators::Estimator const& estimator, std::int64_t n) {
  auto const target = estimator.target(law.theta);
  Scale scale;
  for (std::size_t a = 0; a < target.value.size(); ++a) {
    double const bound = component_bound(law, target, a) / static_cast<double>(n);
    scale.units.push_back(sim::sqrt(bound));
    if (law.model->card().regularity == sim::Regularity::regular) scale.bounds.push_back(bound);
  }
  return scale;
}

/// An estimate less the truth and half the width of its Wald interval, in units of `unit`.
struct Reach {
  sim::Lanes error, half_width;
  double unit = 1;
};

/// The interval of component `a` less the truth: the estimator's own where it gives one, else Wald's. Infinite ends are
/// taken far out.
LaneInterval ends_of(estimators::Estimates const& estimates, std::size_t a, Reach const& reach) {
  if (estimates.lower.empty()) return {reach.error - reach.half_width, reach.error + reach.half_width};
  constexpr double far = 1e300;
  auto const end = [&](sim::Lanes const& at) {
    return reach.error + (min(max(at, sim::Lanes(-far)), sim::Lanes(far)) - estimates.value[a]) / reach.unit;
  };
  return {end(estimates.lower[a]), end(estimates.upper[a])};
}

void add_efficiency(PerformanceRow& row, sim::Tally const& tally, int first, double level) {
  auto const v = quadratic_form(Eigen::VectorXd::Ones(1), plain_covariance_estimate(tally, first, 1), 1 - level);
  if (!(v.lower > 0)) return;
  row.efficiency = 1 / v.estimate;
  row.efficiency_lower = 1 / v.upper;
  row.efficiency_upper = 1 / v.lower;
}

}  // namespace

Probe performance_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator, std::int64_t n,
                        double level) {
  auto const truth = estimator->target(law.theta).value;
  auto const units = scale_of(law, *estimator, n).units;
  double const z = critical_value(level);
  auto const r = truth.size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape = {.values = per_component * static_cast<int>(r),
                 .successes = static_cast<int>(r),
                 .positions = 2 * static_cast<int>(r),
                 .extremes = false,
                 .group = per_component};
  for (std::size_t a = 0; a < r; ++a)
    probe.shape.powers.push_back(sim::power_block(per_component * static_cast<int>(a), measured_values));
  probe.needs_sample = false;
  probe.estimator = estimator;
  probe.observe = [error_of = estimators::EstimationError(*estimator, truth), units, z, r](Batch const& batch,
                                                                                           sim::Observed& out) {
    for (std::size_t a = 0; a < r; ++a) {
      sim::Lanes const error = error_of(*batch.estimates, a) / units[a];
      bool const reports = a < batch.estimates->std_error.size();
      sim::Lanes const se = reports ? batch.estimates->std_error[a] / units[a] : sim::Lanes(0.0);
      sim::Lanes* const values = out.values.data() + per_component * a;
      values[0] = error;
      values[1] = error * error;
      values[2] = se * se;
      auto const [lower, upper] = ends_of(*batch.estimates, a, {error, z * se, units[a]});
      watch({lower, upper}, values + watched);
      out.successes[a] = to_set((lower <= sim::Lanes(0.0)) & (upper >= sim::Lanes(0.0)));
      out.positions[2 * a] = lower;
      out.positions[2 * a + 1] = upper;
    }
  };
  return probe;
}

Probe records_probe(estimators::AnyEstimator const& estimator, std::size_t scenario) {
  auto const r = estimator->components().size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape.records = static_cast<int>(2 * r);
  probe.needs_sample = false;
  probe.estimator = estimator;
  probe.observe = [r](Batch const& batch, sim::Observed& out) {
    auto const& estimates = *batch.estimates;
    for (std::size_t a = 0; a < r; ++a) {
      out.records[2 * a] = estimates.value[a];
      out.records[2 * a + 1] = a < estimates.std_error.size() ? estimates.std_error[a]
                                                              : sim::Lanes(std::numeric_limits<double>::quiet_NaN());
    }
  };
  return probe;
}

std::vector<PerformanceRow> performance_rows(Scenario const& scenario, estimators::Estimator const& estimator,
                                             sim::Tally const& tally, double efficiency_level) {
  auto const& law = scenario.setting.model;
  auto const target = estimator.target(law.theta);
  auto const names = estimator.components();
  auto const scale = scale_of(law, estimator, scenario.n);
  bool const has_std_errors = estimator.reports_std_errors();
  bool const has_intervals = has_std_errors || estimator.reports_intervals();
  std::vector<PerformanceRow> rows;
  for (std::size_t a = 0; a < names.size(); ++a) {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    PerformanceRow row;
    row.bias = row.emp_se = row.mse = {undefined, undefined};
    row.model = model_text(scenario.setting);
    row.parameters = parameters_text(law);
    row.n = scenario.n;
    row.estimator = estimator.name();
    row.component = names[a];
    row.replicates = tally.count + tally.dropped;
    row.failed = tally.dropped;
    row.truth = target.value[a];
    if (!scale.bounds.empty()) row.bound = scale.bounds[a];
    if (tally.count >= 2) {
      auto const b = static_cast<int>(a) * per_component;
      add_measures(row, {tally, b, a, scale.units[a]}, has_std_errors);
      if (has_intervals) {
        auto const replicates = static_cast<double>(tally.count);
        row.coverage = share_measured(static_cast<double>(tally.successes[a]) / replicates, replicates);
        row.be_coverage = bias_eliminated_coverage(tally, {b, b + watched, 2 * a});
      }
      if (row.bound) add_efficiency(row, tally, b, efficiency_level);
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace fisherlab::claims
