#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/intervals/ratio_targets.hpp"

namespace fisherlab::runs {

/// What the time that is left is enough for.
struct CalibrationPlan {
  std::int64_t replicates = 0;  ///< outer samples at the estimate; 0 where there is no time for 256
  double seconds = 0;           ///< that 256 would take, about

  /// Why there is no calibrated interval of `what`, and the --budget that is about enough.
  std::string refusal(std::string const& what) const;
};

/// calibrated_replicates(), or half as many, a quarter... as half of the time that is left is enough for, by the
/// time that 64 samples take; without a budget all of them. `elsewhere`: theta at which a quarter as many are tried.
/// The answer depends on the clock, and is kept as a stage.
CalibrationPlan plan_calibration(RatioSource const& source, std::size_t elsewhere, DiagnosisSettings const& settings);

}  // namespace fisherlab::runs
