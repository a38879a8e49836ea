#pragma once

#include <span>
#include <string>

#include "claims/calibration.hpp"
#include "claims/far_level.hpp"

namespace fisherlab::reports {

/// The bytes of `calibration.csv`: one row a planted truth or defect, then one for each interval checked at the nearer
/// level, whose `model` ends with the statistic, whose size is that level's error, whose `verified` counts intervals
/// that hold the truth and whose `refuted` counts misses.
std::string calibration_csv(std::span<claims::CalibrationRow const> rows, std::span<claims::FarRow const> far);

}  // namespace fisherlab::reports
