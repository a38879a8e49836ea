#pragma once

#include <string>
#include <vector>

#include "findings/manifest.hpp"
#include "reports/page/diagnosis_page.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/families.hpp"
#include "runs/diagnosis/fitted_data.hpp"

namespace fisherlab::cli {

/// The pictures of a fit: density, quantiles, profile likelihoods with all intervals, laws of the estimates, coverage
/// against n. What they need is simulated here. `findings` may be null, after an interruption.
/// @throws sim::Interrupted when told to stop.
std::vector<reports::FigurePart> diagnosis_pictures(runs::FittedData const& fitted, runs::Observations const& data,
                                                    runs::Findings const* findings,
                                                    runs::DiagnosisSettings const& settings);

/// A picture of quantiles for each family, in the order of the ranking.
/// @throws sim::Interrupted when told to stop.
std::vector<reports::FigurePart> family_pictures(runs::Families const& families,
                                                 std::vector<runs::FamilyFit> const& ranked,
                                                 runs::Observations const& data,
                                                 runs::DiagnosisSettings const& settings);

/// "gamma, AIC 230.06, Anderson-Darling p = 0.859".
std::string family_figure_title(runs::FamilyFit const& fit);

/// Where a run comes from, as name and value.
std::vector<std::pair<std::string, std::string>> facts_of(Manifest const& manifest);

}  // namespace fisherlab::cli
