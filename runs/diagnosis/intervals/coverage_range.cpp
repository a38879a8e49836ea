#include "runs/diagnosis/intervals/coverage_range.hpp"

#include <algorithm>
#include <cmath>

#include "runs/diagnosis/intervals/calibrated_ratio.hpp"
#include "runs/diagnosis/intervals/lattice_worth.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

/// A range of fewer samples than an eighth of least_tried would be that of their error.
constexpr std::int64_t share_of_replicates = 8, least_tried = 4096;

estimators::Bounds tried_bounds(estimators::FittedParameter const& p) {
  auto const chosen = [](double ratio, double wald) { return std::isfinite(ratio) ? ratio : wald; };
  return {chosen(p.likelihood_ratio.lower, p.wald.lower), chosen(p.likelihood_ratio.upper, p.wald.upper)};
}

bool is_calibrated(ParameterDiagnosis const& p) {
  return !p.further.empty() && p.further.back().name == calibrated_name;
}

/// The places of wald, score, likelihood ratio and the further intervals in one order.
std::vector<Estimated*> coverages(ParameterDiagnosis& p) {
  std::vector<Estimated*> result = {&p.wald, &p.score, &p.likelihood_ratio};
  for (auto& worth : p.further) result.push_back(&worth.coverage);
  return result;
}

std::vector<std::optional<CoverageRange>*> ranges(ParameterDiagnosis& p) {
  std::vector<std::optional<CoverageRange>*> result = {&p.wald_range, &p.score_range, &p.likelihood_ratio_range};
  for (auto& worth : p.further) result.push_back(&worth.range);
  return result;
}

/// Sums in place of simulation; false where the law has none.
bool add_sums(FittedData const& fitted, Diagnosis& diagnosis) {
  auto const law = fitted.law();
  auto lattice = LatticeWorth::of(law, diagnosis.n, diagnosis.level);
  if (!lattice) return false;
  auto& p = diagnosis.parameters[0];
  bool const with_calibrated = is_calibrated(p);
  auto const worths = lattice->at(law.theta[0], with_calibrated);
  auto const of_coverage = coverages(p);
  std::vector<double*> above = {&p.wald_above, &p.score_above, &p.likelihood_ratio_above};
  for (auto& worth : p.further) above.push_back(&worth.above);
  for (std::size_t j = 0; j < worths.size(); ++j) {
    *of_coverage[j] = worths[j].coverage;
    *above[j] = worths[j].above;
  }
  p.score_not_found = p.likelihood_ratio_not_found = 0;
  auto const bounds = tried_bounds(fitted.fit.parameters[0]);
  double lower = law.theta[0], upper = law.theta[0];
  auto const is_law = [&](double end) { return std::isfinite(end) && theta_problem(*law.model, {end}).empty(); };
  if (is_law(bounds.lower)) lower = bounds.lower;
  if (is_law(bounds.upper)) upper = bounds.upper;
  auto const found = lattice->range(lower, upper, with_calibrated);
  auto const of_range = ranges(p);
  for (std::size_t j = 0; j < found.size(); ++j) *of_range[j] = found[j];
  return true;
}

}  // namespace

std::vector<claims::Law> laws_along(claims::Law const& law, estimators::FittedModel const& fit) {
  std::vector<claims::Law> result;
  for (std::size_t a = 0; a < law.theta.size(); ++a) {
    auto const bounds = tried_bounds(fit.parameters[a]);
    for (double const end : {bounds.lower, bounds.upper}) {
      claims::Law there = law;
      there.theta[a] = end;
      if (std::isfinite(end) && theta_problem(*law.model, there.theta).empty()) result.push_back(there);
    }
  }
  return result;
}

void widen(CoverageRange& range, Estimated const& coverage) {
  if (std::isnan(coverage.value)) return;
  if (std::isnan(range.least.value) || coverage.value < range.least.value) range.least = coverage;
  if (std::isnan(range.largest.value) || coverage.value > range.largest.value) range.largest = coverage;
}

void add_ranges(FittedData const& fitted, DiagnosisSettings const& settings, Diagnosis& diagnosis) {
  if (diagnosis.parameters.empty() || add_sums(fitted, diagnosis)) return;
  add_simulated_ranges(
      fitted,
      [n = diagnosis.n](claims::Law const& law, DiagnosisSettings const& there) { return diagnose(law, n, there); },
      settings, diagnosis);
}

void add_simulated_ranges(FittedData const& fitted, DiagnosisAt const& diagnose_at, DiagnosisSettings const& settings,
                          Diagnosis& diagnosis) {
  if (diagnosis.parameters.empty() || settings.replicates < least_tried) return;
  auto there = settings;
  there.replicates = settings.replicates / share_of_replicates;
  there.without_measures = true;
  there.advance = {};
  there.enough = {};
  for (auto& p : diagnosis.parameters) {
    auto const of_coverage = coverages(p);
    auto const of_range = ranges(p);
    for (std::size_t j = 0; j < of_range.size(); ++j)
      if (!*of_range[j]) *of_range[j] = CoverageRange{*of_coverage[j], *of_coverage[j]};
  }
  for (auto const& law : laws_along(fitted.law(), fitted.fit)) {
    auto found = diagnose_at(law, there);
    for (std::size_t a = 0; a < found.parameters.size(); ++a) {
      auto const of_coverage = coverages(found.parameters[a]);
      auto const of_range = ranges(diagnosis.parameters[a]);
      for (std::size_t j = 0; j < of_coverage.size(); ++j) widen(**of_range[j], *of_coverage[j]);
    }
  }
}

}  // namespace fisherlab::runs
