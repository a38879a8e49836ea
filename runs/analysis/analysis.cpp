#include "runs/analysis/analysis.hpp"

#include <algorithm>
#include <cstddef>

#include "base/special/quantiles.hpp"
#include "claims/evidence/plan.hpp"
#include "runs/analysis/measured_group.hpp"

namespace fisherlab::runs {
namespace {

bool are_compared(EstimateGroup const& a, EstimateGroup const& b) {
  return a.model == b.model && a.parameters == b.parameters && a.n == b.n && a.component == b.component;
}

/// How many findings there will be.
std::int64_t findings_of(Estimates const& estimates, AnalysisMargins const& margins) {
  int const each = int(margins.bias.has_value()) + int(margins.coverage && estimates.have_intervals) +
                   int(margins.std_error && estimates.have_std_errors);
  return std::max<std::int64_t>(1, each * std::ssize(estimates.groups));
}

}  // namespace

RunTables analyse(Estimates const& estimates, AnalysisSettings const& settings) {
  expects_alpha(settings.family_error);
  claims::Plan const plan(
      {.family_error = settings.family_error, .findings = findings_of(estimates, settings.margins)});
  double const alpha = plan.alpha_once() / claims::Plan::reserve;
  RunTables tables;
  auto const& groups = estimates.groups;
  for (std::size_t k = 0, first = 0; k < groups.size(); ++k) {
    if (!are_compared(groups[first], groups[k])) first = k;
    MeasuredGroup const group(groups[k], estimates, settings);
    tables.performance.push_back(group.row());
    if (estimates.are_paired && k > first)
      tables.performance.back().relative_precision = relative_precision(groups[first], groups[k], settings.errors);
    for (auto& finding : group.findings(alpha)) tables.findings.push_back(std::move(finding));
  }
  return tables;
}

}  // namespace fisherlab::runs
