#include "runs/diagnosis/intervals/calibrated_ratio.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "runs/diagnosis/intervals/calibration_plan.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "runs/diagnosis/intervals/lattice_worth.hpp"

namespace fisherlab::runs {

void add_calibrated(FittedData& fitted, Observations const& data, DiagnosisSettings const& settings,
                    Diagnosis& diagnosis) {
  auto const law = fitted.law();
  auto const n = fitted.data.n;
  if (diagnosis.parameters.empty() || !can_calibrate(*fitted.model, n, settings.level)) return;
  auto const targets = components(*law.model);
  auto const source = source_of(law, targets, n, settings.level);
  auto const elsewhere = laws_along(law, fitted.fit);
  auto const plan = plan_calibration(source, elsewhere.size(), settings);
  if (plan.replicates == 0) {
    diagnosis.left_out.push_back(plan.refusal(fmt::format("{}", fmt::join(law.model->card().parameters, ", "))));
    return;
  }
  auto const cut_offs = calibrated_cut_offs(source, settings);
  if (std::any_of(cut_offs.begin(), cut_offs.end(), [](double c) { return std::isnan(c); })) return;
  for (std::size_t a = 0; a < cut_offs.size(); ++a)
    fitted.fit.parameters[a].further.push_back(
        {calibrated_name, estimators::likelihood_ratio_bounds(*fitted.model, data.values, fitted.fit, a, cut_offs[a])});
  if (LatticeWorth::of(law, n, settings.level)) {  // add_ranges() sums what is simulated below
    for (std::size_t a = 0; a < cut_offs.size(); ++a)
      diagnosis.parameters[a].further.push_back({.name = calibrated_name, .cut_off = cut_offs[a]});
    return;
  }
  auto worths = calibrated_worth(source, plan.replicates, settings);
  for (std::size_t a = 0; a < worths.size(); ++a) {
    worths[a].range = CoverageRange{worths[a].coverage, worths[a].coverage};
    worths[a].cut_off = cut_offs[a];
  }
  for (auto const& there : elsewhere) {
    auto const found = calibrated_worth(source_of(there, targets, n, settings.level), plan.replicates / 4, settings);
    for (std::size_t a = 0; a < worths.size(); ++a) widen(*worths[a].range, found[a].coverage);
  }
  for (std::size_t a = 0; a < worths.size(); ++a) diagnosis.parameters[a].further.push_back(worths[a]);
}

}  // namespace fisherlab::runs
