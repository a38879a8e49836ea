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
#include "claims/instruments/probes/jackknife.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// Values folded for each component: e, e^2, squared standard error, and whether the interval holds the watched points.
constexpr int watched = 3;
constexpr int moments_kept = 3;  ///< of them, those whose joint moments are kept
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

Estimated proportion(double share, double replicates) { return {share, std::sqrt(share * (1 - share) / replicates)}; }

/// The squared errors (e - mean)^2 over their mean, as a linear form of (e, e^2, squared standard error).
std::vector<double> relative_squares(sim::Moments const& moments, int b) {
  double const variance = moments.variance(b);
  return {-2 * moments.mean[static_cast<std::size_t>(b)] / variance, 1 / variance, 0};
}

/// Measures that need the reported standard errors. `b`: first folded value of the component.
void add_model_based(PerformanceRow& row, sim::Tally const& tally, std::size_t a, double unit, double replicates) {
  auto const b = static_cast<int>(a) * per_component;
  double const mean_square = tally.moments.mean[static_cast<std::size_t>(b + 2)];
  double const spread = tally.moments.variance(b + 2);
  double const model_se = std::sqrt(mean_square);
  double const emp_se = row.emp_se.value / unit;
  double const relative_variance = spread / (4 * replicates * mean_square * mean_square);
  row.model_se = {unit * model_se, unit * model_se * std::sqrt(relative_variance)};
  if (emp_se > 0 && mean_square > 0) {
    double const variance =
        jackknife_variance_of_root(tally.powers[a], {0, 0, 1 / mean_square}, relative_squares(tally.moments, b));
    row.relative_se_error = {model_se / emp_se - 1, model_se / emp_se * std::sqrt(variance)};
  }
  row.coverage = proportion(static_cast<double>(tally.successes[a]) / replicates, replicates);
  row.be_coverage = bias_eliminated_coverage(tally, {b, b + watched, 2 * a});
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
                 .extremes = false};
  for (std::size_t a = 0; a < r; ++a)
    probe.shape.powers.push_back(sim::power_block(per_component * static_cast<int>(a), moments_kept));
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
      watch({error - z * se, error + z * se}, values + watched);
      out.successes[a] = to_set(abs(error) <= z * se);
      out.positions[2 * a] = error - z * se;
      out.positions[2 * a + 1] = error + z * se;
    }
  };
  return probe;
}

Probe records_probe(estimators::AnyEstimator const& estimator, std::size_t scenario) {
  auto const r = estimator->components().size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape.records = static_cast<int>(2 * r);
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
      auto const replicates = static_cast<double>(tally.count);
      auto const b = static_cast<int>(a) * per_component;
      double const unit = scale.units[a];
      double const bias = tally.moments.mean[static_cast<std::size_t>(b)];
      double const variance = tally.moments.variance(b);
      double const se = std::sqrt(variance);
      row.mean = target.value[a] + unit * bias;
      row.bias = {unit * bias, unit * se / std::sqrt(replicates)};
      row.emp_se = {unit * se, se > 0 ? unit * se *
                                            std::sqrt(jackknife_variance_of_root(tally.powers[a],
                                                                                 relative_squares(tally.moments, b),
                                                                                 std::vector<double>(moments_kept)))
                                      : 0};
      row.mse = {unit * unit * tally.moments.mean[static_cast<std::size_t>(b + 1)],
                 unit * unit * std::sqrt(tally.moments.variance(b + 1) / replicates)};
      if (has_std_errors) add_model_based(row, tally, a, unit, replicates);
      if (row.bound) add_efficiency(row, tally, b, efficiency_level);
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace fisherlab::claims
