#pragma once

#include <functional>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"

namespace fisherlab::runs {

/// The law with each parameter in turn at either end of its interval (likelihood ratio; Wald where that has no end),
/// the others as they are; ends at which there is no law are left out.
std::vector<claims::Law> laws_along(claims::Law const& law, estimators::FittedModel const& fit);

/// Gives every interval of the diagnosis its range of coverage over theta: the one at the estimate, and those at
/// laws_along(). Simulated by an eighth of the replicates at each, where these are 4,096 or more; of the calibrated
/// interval by fewer (calibrated_ratio.hpp). For laws of counts all coverages become exact sums, and the range that of
/// the saw over the interval. Where theta is the scale or location of pivots the range is that of the simulation's
/// error.
/// @throws sim::Interrupted when told to stop.
void add_ranges(FittedData const& fitted, DiagnosisSettings const& settings, Diagnosis& diagnosis);

/// A diagnosis of the same n at another law.
using DiagnosisAt = std::function<Diagnosis(claims::Law const& law, DiagnosisSettings const& settings)>;

/// The same by `diagnose_at` alone, without sums.
void add_simulated_ranges(FittedData const& fitted, DiagnosisAt const& diagnose_at, DiagnosisSettings const& settings,
                          Diagnosis& diagnosis);

}  // namespace fisherlab::runs
