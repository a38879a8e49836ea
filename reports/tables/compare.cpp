#include "reports/tables/compare.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <unordered_map>

#include "reports/tables/finding_keys.hpp"

namespace fisherlab::reports {
namespace {

/// The same double, not-a-number included.
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same_region(Region const& a, Region const& b) {
  return a.kind == b.kind && same(a.target, b.target) && same(a.margin, b.margin);
}

bool same_measurement(Measurement const& a, Measurement const& b) {
  return same(a.estimate, b.estimate) && same(a.std_error, b.std_error) && same(a.lower, b.lower) &&
         same(a.upper, b.upper) && a.replicates == b.replicates && a.dropped == b.dropped;
}

bool same_finding(Finding const& a, Finding const& b) {
  return same_measurement(a.measurement, b.measurement) && same_region(a.region, b.region) && same(a.level, b.level) &&
         a.verdict == b.verdict && a.outcome == b.outcome && a.statement == b.statement;
}

/// 0 for pass, 1 for open, 2 for fail.
int badness(Outcome outcome) { return outcome == Outcome::fail ? 2 : outcome == Outcome::open ? 1 : 0; }

FindingChange change_of(Finding const& before, Finding const& after) {
  auto const &a = before.measurement, &b = after.measurement;
  double const shift =
      same(a.estimate, b.estimate) ? 0 : (b.estimate - a.estimate) / std::hypot(a.std_error, b.std_error);
  bool const shown = before.outcome == Outcome::report || after.outcome == Outcome::report;
  return {&before, &after, shift, !same_region(before.region, after.region),
          shown ? 0 : badness(after.outcome) - badness(before.outcome)};
}

/// Size of a shift in the order of the table. What has no error, such as a refit, comes first where the seed is the
/// same, for then it should not move at all, and last where it is not, for then the rows that train are others.
double rank(FindingChange const& change, bool same_seed) {
  if (std::isfinite(change.shift)) return std::fabs(change.shift);
  return same_seed ? std::numeric_limits<double>::infinity() : 0;
}

}  // namespace

Comparison compare(RunPair const& runs) {
  std::span<Finding const> const before = runs.before.findings, after = runs.after.findings;
  auto const old_keys = finding_keys(before), new_keys = finding_keys(after);
  std::unordered_map<std::string, Finding const*> old_findings;
  for (std::size_t k = 0; k < before.size(); ++k) old_findings.emplace(old_keys[k], &before[k]);

  Comparison result;
  auto const& fingerprint = runs.before.manifest.fingerprint;
  result.same_fingerprint = !fingerprint.empty() && fingerprint == runs.after.manifest.fingerprint;
  result.same_findings_bytes = runs.same_findings_bytes;
  for (std::size_t k = 0; k < after.size(); ++k) {
    auto const found = old_findings.find(new_keys[k]);
    if (found == old_findings.end()) {
      result.only_after.push_back(&after[k]);
      continue;
    }
    Finding const& old_finding = *found->second;
    old_findings.erase(found);
    ++result.matched;
    if (same_finding(old_finding, after[k])) continue;
    auto const& change = result.changed.emplace_back(change_of(old_finding, after[k]));
    result.worse += change.outcome_step > 0;
    result.better += change.outcome_step < 0;
  }
  for (std::size_t k = 0; k < before.size(); ++k)  // in the order of the run, which the map has lost
    if (old_findings.contains(old_keys[k])) result.only_before.push_back(&before[k]);
  bool const same_seed = runs.before.manifest.seed == runs.after.manifest.seed;
  std::ranges::stable_sort(result.changed, std::ranges::greater(),
                           [same_seed](FindingChange const& change) { return rank(change, same_seed); });
  result.performance = compare_performance(runs.before.performance, runs.after.performance);
  return result;
}

}  // namespace fisherlab::reports
