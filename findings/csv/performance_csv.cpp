#include "findings/csv/performance_csv.hpp"

#include <optional>
#include <utility>

#include "base/files/csv.hpp"
#include "findings/csv/run_columns.hpp"

namespace fisherlab {
namespace {

std::optional<double> value_of(std::optional<Estimated> const& number) {
  return number ? std::optional(number->value) : std::nullopt;
}
std::optional<double> mcse_of(std::optional<Estimated> const& number) {
  return number ? std::optional(number->mcse) : std::nullopt;
}

}  // namespace

std::string performance_csv(std::span<PerformanceRow const> rows) {
  CsvText csv(performance_columns);
  for (PerformanceRow const& r : rows) {
    csv.add_row(r.model, r.parameters, r.n, r.estimator, r.component, r.replicates, r.failed, r.truth, r.mean,
                r.bias.value, r.bias.mcse, r.emp_se.value, r.emp_se.mcse, r.mse.value, r.mse.mcse, value_of(r.model_se),
                mcse_of(r.model_se), value_of(r.relative_se_error), mcse_of(r.relative_se_error), value_of(r.coverage),
                mcse_of(r.coverage), value_of(r.be_coverage), mcse_of(r.be_coverage), r.bound, r.efficiency,
                r.efficiency_lower, r.efficiency_upper);
  }
  return std::move(csv).take();
}

std::string convergence_csv(std::span<ConvergenceRow const> rows) {
  CsvText csv(convergence_columns);
  for (ConvergenceRow const& r : rows) {
    csv.add_row(r.claim, r.model, r.parameters, r.statistic, r.n, r.replicates, r.discrepancy, r.lower, r.upper, r.rate,
                r.rate_lower, r.rate_upper);
  }
  return std::move(csv).take();
}

}  // namespace fisherlab
