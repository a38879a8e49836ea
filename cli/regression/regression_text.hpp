#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/diagnosis_rows.hpp"
#include "findings/fit_row.hpp"
#include "runs/diagnosis/regression/regression_diagnosis.hpp"

namespace fisherlab::cli {

/// Everything that is said of a regression; `diagnosis` is null after an interruption.
std::string regression_text(runs::FittedFormula const& fitted, runs::RegressionDiagnosis const* diagnosis, int width);

/// Rows of fit.csv: one for each interval of each coefficient.
std::vector<FitRow> regression_rows(runs::FittedFormula const& fitted, runs::RegressionDiagnosis const* diagnosis);

/// Rows of goodness.csv: criteria and tests.
std::vector<GoodnessRow> regression_goodness(runs::FittedFormula const& fitted,
                                             runs::RegressionDiagnosis const* diagnosis);

/// Rows of advice.csv.
std::vector<AdviceRow> regression_advice_rows(runs::FittedFormula const& fitted,
                                              runs::RegressionDiagnosis const& diagnosis);

}  // namespace fisherlab::cli
