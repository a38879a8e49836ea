#pragma once

#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "runs/diagnosis/checks/other_laws.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "runs/diagnosis/functions/functions.hpp"
#include "runs/diagnosis/goodness.hpp"

namespace fisherlab::cli {

/// "data.csv: n = 23, mean 72.22, standard deviation 37.49".
std::string data_text(runs::DataSummary const& data);

/// Log likelihood, AIC and BIC, how the p-values were made, and a grid of the data.
std::string criteria_text(runs::Goodness const& goodness, std::int64_t n, int width);

/// The fit: a column for each parameter; estimate, standard errors, intervals of the level.
std::string fit_text(estimators::FittedModel const& fit, double level);

/// What simulation says of the fit: a column for each parameter, coverage in per cent.
std::string diagnosis_text(estimators::FittedModel const& fit, runs::Diagnosis const& diagnosis);

/// Coverage of each interval under other laws: a row for each interval of each parameter.
std::string without_model_text(estimators::FittedModel const& fit, runs::WithoutModel const& without_model);

/// Functions of theta: a row for each interval, * where the rule recommends it. Empty where none was asked for.
std::string functions_text(std::vector<runs::FunctionFit> const& functions, double level, bool is_refuted);

}  // namespace fisherlab::cli
