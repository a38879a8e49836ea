#pragma once

#include <vector>

#include "reports/page/diagnosis_page.hpp"
#include "runs/diagnosis/regression/regression_diagnosis.hpp"

namespace fisherlab::cli {

/// The pictures of a regression: residuals against fitted values and their quantiles, coefficients in standard errors,
/// coverage of the intervals. @throws sim::Interrupted when told to stop.
std::vector<reports::FigurePart> regression_pictures(runs::FittedFormula const& fitted,
                                                     runs::RegressionDiagnosis const& diagnosis,
                                                     runs::DiagnosisSettings const& settings);

}  // namespace fisherlab::cli
