#pragma once

#include <cstdint>

#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// Whether so many replicates are enough. The answer depends on the clock, and is kept as a stage of its own, so that a
/// run that is resumed has the same.
bool is_enough(std::int64_t replicates, DiagnosisSettings const& settings);

/// Whether so many seconds are left of the time that all may take; kept in the same way.
bool can_afford(double seconds, DiagnosisSettings const& settings);

}  // namespace fisherlab::runs
