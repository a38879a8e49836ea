#pragma once

#include <span>
#include <string>

#include "findings/calibration.hpp"

namespace fisherlab {

/// The bytes of `calibration.csv`: one row a planted truth or defect, then one for each interval checked at the nearer
/// level, whose `model` ends with the statistic, whose size is that level's error, whose `verified` counts intervals
/// that hold the truth and whose `refuted` counts misses.
std::string calibration_csv(std::span<CalibrationRow const> rows, std::span<FarRow const> far);

}  // namespace fisherlab
