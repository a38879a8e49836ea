#pragma once

#include <vector>

#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/functions/functions.hpp"
#include "runs/diagnosis/intervals/ratio_targets.hpp"

namespace fisherlab::runs {

/// The components of theta, then the functions, in samples of n that are censored as the data were. Keeps a reference
/// to `draws`.
RatioSource censored_source(claims::Law const& law, std::vector<FunctionOf> const& functions,
                            CensoredDraws const& draws, std::int64_t n, double level);

/// Adds the calibrated likelihood-ratio interval (calibration.hpp) of each parameter to the fit and the diagnosis, and
/// that of each function to `fits`, as can_calibrate() allows.
/// @throws sim::Interrupted when told to stop.
void add_calibrated_censored(CensoredData& data, CensoredDraws const& draws, std::vector<FunctionOf> const& functions,
                             DiagnosisSettings const& settings, Diagnosis& diagnosis, std::vector<FunctionFit>& fits);

}  // namespace fisherlab::runs
