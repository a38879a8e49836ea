#pragma once

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "runs/diagnosis/intervals/calibration.hpp"

namespace fisherlab::runs {

/// Adds the interval to the fit, and to the diagnosis what it is worth: at the estimate by a 32nd of the replicates
/// (256 at least), and as a range also with each parameter at either end of its calibrated interval, the others as they
/// are, by a fourth of those.
/// @throws sim::Interrupted when told to stop.
void add_calibrated(FittedData& fitted, Observations const& data, DiagnosisSettings const& settings,
                    Diagnosis& diagnosis);

}  // namespace fisherlab::runs
