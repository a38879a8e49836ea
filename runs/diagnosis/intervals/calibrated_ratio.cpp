#include "runs/diagnosis/intervals/calibrated_ratio.hpp"

#include <algorithm>
#include <cmath>

#include "estimators/profile.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "runs/diagnosis/intervals/lattice_worth.hpp"
#include "sim/models/interface/unwrapped.hpp"

namespace fisherlab::runs {

RatioTargets components(sim::BatchModel const& model) {
  RatioTargets targets;
  targets.count = static_cast<std::size_t>(model.parameter_count());
  targets.ratio = [](claims::Law const& truth, sim::Sample const& sample, sim::Lanes const* estimate,
                     sim::Lanes const& log_likelihood, std::size_t a) {
    return estimators::profile_statistics(*truth.model, sample, estimate, log_likelihood, static_cast<int>(a),
                                          sim::Lanes(truth.theta[a]))
        .likelihood_ratio;
  };
  targets.is_high = [](claims::Law const& truth, std::vector<double> const& estimate, std::size_t a) {
    auto const domain = truth.model->card().domains[a];
    return sim::unwrapped(domain, sim::Lanes(estimate[a]), sim::Lanes(truth.theta[a]))[0] > truth.theta[a];
  };
  return targets;
}

void add_calibrated(FittedData& fitted, Observations const& data, DiagnosisSettings const& settings,
                    Diagnosis& diagnosis) {
  auto const law = fitted.law();
  auto const n = fitted.data.n;
  if (diagnosis.parameters.empty() || !can_calibrate(*fitted.model, n, settings.level)) return;
  auto const targets = components(*law.model);
  auto const cut_offs = calibrated_cut_offs(law, targets, n, settings);
  if (std::any_of(cut_offs.begin(), cut_offs.end(), [](double c) { return std::isnan(c); })) return;
  for (std::size_t a = 0; a < cut_offs.size(); ++a)
    fitted.fit.parameters[a].further.push_back(
        {calibrated_name, estimators::likelihood_ratio_bounds(*fitted.model, data.values, fitted.fit, a, cut_offs[a])});
  if (LatticeWorth::of(law, n, settings.level)) {  // add_ranges() sums what is simulated below
    for (std::size_t a = 0; a < cut_offs.size(); ++a)
      diagnosis.parameters[a].further.push_back({.name = calibrated_name, .cut_off = cut_offs[a]});
    return;
  }
  std::int64_t const replicates = calibrated_replicates(settings);
  auto worths = calibrated_worth(law, targets, n, replicates, settings);
  for (std::size_t a = 0; a < worths.size(); ++a) {
    worths[a].range = CoverageRange{worths[a].coverage, worths[a].coverage};
    worths[a].cut_off = cut_offs[a];
  }
  for (auto const& there : laws_along(law, fitted.fit)) {
    auto const found = calibrated_worth(there, targets, n, replicates / 4, settings);
    for (std::size_t a = 0; a < worths.size(); ++a) widen(*worths[a].range, found[a].coverage);
  }
  for (std::size_t a = 0; a < worths.size(); ++a) diagnosis.parameters[a].further.push_back(worths[a]);
}

}  // namespace fisherlab::runs
