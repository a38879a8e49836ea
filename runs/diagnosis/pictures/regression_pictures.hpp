#pragma once

#include <utility>
#include <vector>

#include "runs/diagnosis/pictures/data_pictures.hpp"
#include "runs/diagnosis/regression/fitted_formula.hpp"

namespace fisherlab::runs {

/// Standardised Pearson residuals against what the fit says of each row: w^(1/2) (y - mean)/(s sqrt(V (1 - h))).
/// At most 2,000 rows, evenly over the data.
std::vector<std::pair<double, double>> residual_picture(FittedFormula const& fitted);

/// Order statistics of the same residuals against their law in 200 samples drawn from the fit and fitted again, at most
/// 200 of them. Source: Atkinson (1981), Biometrika 68, 13-20, for envelopes by simulation.
/// @throws sim::Interrupted when told to stop.
std::vector<QuantilePoint> residual_quantiles(FittedFormula const& fitted, DiagnosisSettings const& settings);

}  // namespace fisherlab::runs
