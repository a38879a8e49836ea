#include "claims/calculation.hpp"

#include <cmath>
#include <utility>

#include "base/expects.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/rate.hpp"

namespace fisherlab::claims {

void add_calculated(Calculation& calculation, std::string statistic, Region const& region) {
  calculation.findings.push_back({std::move(statistic), "1", region});
}

Calculated calculated_rate(std::vector<RatePoint> const& points, std::string const& statistic, double unit) {
  auto const estimate = rate_of_decay(points);
  Calculated result{estimate ? estimate->rate : no_rate(points)};
  for (auto const& point : points) {
    ConvergenceRow row;
    row.statistic = statistic;
    row.n = std::llround(point.n);
    row.replicates = 1;
    row.discrepancy = unit * point.discrepancy.estimate;
    row.lower = unit * point.discrepancy.lower;
    row.upper = unit * point.discrepancy.upper;
    if (estimate) {
      row.rate = estimate->rate.estimate;
      row.rate_lower = estimate->rate.lower;
      row.rate_upper = estimate->rate.upper;
    }
    result.convergence.push_back(std::move(row));
  }
  return result;
}

Experiment as_experiment(Setting const& setting, Calculation calculation) {
  Experiment experiment;
  experiment.model = model_text(setting);
  experiment.parameters = parameters_text(setting.model);
  experiment.findings = std::move(calculation.findings);
  experiment.is_exact = true;
  experiment.carry_out = [carry_out = std::move(calculation.carry_out)](ExperimentRun const&) {
    ExperimentResult result;
    try {
      for (auto& each : carry_out()) {
        result.measurements.push_back(measured({}, each.interval, 1));
        result.levels.push_back(1);
        for (auto& row : each.convergence) result.convergence.push_back(std::move(row));
      }
    } catch (InputError const& error) {
      result = {};
      result.failure = error.what();
    }
    return result;
  };
  return experiment;
}

}  // namespace fisherlab::claims
