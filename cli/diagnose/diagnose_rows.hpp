#pragma once

#include <vector>

#include "findings/diagnosis_rows.hpp"
#include "findings/fit_row.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/functions/functions.hpp"

namespace fisherlab::cli {

/// Rows of `fit.csv`: a parameter and an interval each. `findings` may be null, after an interruption.
std::vector<FitRow> fit_rows(estimators::FittedModel const& fit, runs::Findings const* findings);

/// Rows of `advice.csv`.
std::vector<AdviceRow> advice_rows(runs::Findings const& findings);

/// Rows of `goodness.csv`.
std::vector<GoodnessRow> goodness_rows(runs::Goodness const& goodness);

/// Rows of `functions.csv`.
std::vector<FunctionRow> function_rows(std::vector<runs::FunctionFit> const& functions, double level, bool is_refuted);

}  // namespace fisherlab::cli
