#include "runs/analysis/analysis.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/special/quantiles.hpp"
#include "base/statistics/middle_of_bins.hpp"
#include "claims/evidence/plan.hpp"
#include "runs/analysis/measured_group.hpp"

namespace fisherlab::runs {
namespace {

bool are_compared(EstimateGroup const& a, EstimateGroup const& b) {
  return a.model == b.model && a.parameters == b.parameters && a.n == b.n && a.component == b.component;
}

/// What the pictures show of a group with intervals: its coverage, and the intervals in the middle of 200 bins by their
/// distance from the truth, in standard errors or else in half their own width.
void add_pictures(EstimateGroup const& group, PerformanceRow const& row, double level, PictureRows& pictures) {
  constexpr std::size_t lines = 200;
  std::vector<double> distances;
  for (auto const& r : group.replicates) {
    double const unit = std::isnan(r.std_error) ? (r.upper - r.lower) / 2 : r.std_error;
    distances.push_back((r.estimate - group.truth) / unit);
  }
  std::vector<double> sizes(distances.size());
  std::ranges::transform(distances, sizes.begin(), [](double z) { return std::fabs(z); });
  for (auto const k : middle_of_bins(sizes, lines)) {
    auto const& r = group.replicates[k];
    pictures.intervals.push_back({"", group.model, group.parameters, group.n, group.component, group.estimator, level,
                                  r.replicate, group.truth, r.estimate, r.lower, r.upper, distances[k]});
  }
  double const reach = 2 * row.coverage->mcse;
  pictures.curves.push_back({"", group.model, group.parameters, Quantity::coverage, group.estimator, group.component,
                             group.n, row.replicates, row.coverage->value, row.coverage->value - reach,
                             row.coverage->value + reach, level});
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
    auto const& row = tables.performance.back();
    if (estimates.have_intervals && row.coverage && groups[k].replicates.size() > 1)
      add_pictures(groups[k], row, settings.level, tables.pictures);
    for (auto& finding : group.findings(alpha)) tables.findings.push_back(std::move(finding));
  }
  return tables;
}

}  // namespace fisherlab::runs
