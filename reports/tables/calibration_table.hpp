#pragma once

#include <span>
#include <string>

#include "findings/calibration.hpp"

namespace fisherlab::reports {

/// One line a claim: wrong verdicts over runs of its planted truths and controls with the upper end of the 95 %
/// interval of their rate, and for each kind of defect the smallest size found: the smallest from which on all sizes
/// are refuted in at least 99 % of runs. "above 0.2" where the largest size is found less often, "not seen" where it is
/// refuted no oftener than the family error allows, "-" where none was planted. A claim with several cases shows the
/// range over those that find it. Below it what this means in a sentence or two.
std::string calibration_table(std::span<CalibrationRow const> rows, double family_error, int width);

}  // namespace fisherlab::reports
