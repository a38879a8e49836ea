#pragma once

#include <vector>

#include "reports/page/diagnosis_page.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/censored/censored_families.hpp"

namespace fisherlab::cli {

/// Survival of the data against the fit, profile likelihoods, laws of the estimates, coverage against n.
/// `findings` may be null, after an interruption. @throws sim::Interrupted when told to stop.
std::vector<reports::FigurePart> censored_pictures(runs::CensoredData const& data, runs::CensoredDraws const& draws,
                                                   runs::Findings const* findings,
                                                   runs::DiagnosisSettings const& settings);

/// Survival under each family, in the order of the ranking. @throws sim::Interrupted when told to stop.
std::vector<reports::FigurePart> censored_family_pictures(runs::CensoredFamilies const& families,
                                                          std::vector<runs::FamilyFit> const& ranked,
                                                          runs::DiagnosisSettings const& settings);

}  // namespace fisherlab::cli
