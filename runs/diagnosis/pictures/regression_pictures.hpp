#pragma once

#include <utility>
#include <vector>

#include "runs/diagnosis/pictures/data_pictures.hpp"
#include "runs/diagnosis/regression/fitted_formula.hpp"

namespace fisherlab::runs {

/// A row of the data: what the fit says of it, and its residual.
struct ResidualPoint {
  double mean = 0;
  double residual = 0;
  int row = 0;  ///< of the file, from 1
};

/// Standardised Pearson residuals against what the fit says of each row: w^(1/2) (y - mean)/(s sqrt(V (1 - h))).
/// The largest first; of more than 2,000 rows the hundred largest and an even choice of the others.
std::vector<ResidualPoint> residual_picture(FittedFormula const& fitted);

/// Order statistics of the same residuals against their law in 200 samples drawn from the fit and fitted again, at most
/// 200 of them. Source: Atkinson (1981), Biometrika 68, 13-20, for envelopes by simulation.
/// @throws sim::Interrupted when told to stop.
std::vector<QuantilePoint> residual_quantiles(FittedFormula const& fitted, DiagnosisSettings const& settings);

}  // namespace fisherlab::runs
