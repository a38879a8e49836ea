#include "runs/calibration/points_of_rate.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace fisherlab::runs {

Measurement as_one(RatePoints const& points, RatePoints const& truth) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  Measurement result;
  result.estimate = 0;
  result.std_error = 1;
  result.lower = -infinite;
  result.upper = infinite;
  for (std::size_t k = 0; k < points.size(); ++k) {
    double const unit = 0.5 * (truth[k].upper - truth[k].lower);
    if (!(unit > 0) || !std::isfinite(unit)) continue;  // no interval there
    result.estimate += (points[k].discrepancy - truth[k].discrepancy) / unit;
    result.lower = std::max(result.lower, (points[k].lower - truth[k].discrepancy) / unit);
    result.upper = std::min(result.upper, (points[k].upper - truth[k].discrepancy) / unit);
  }
  if (!std::isfinite(result.lower) && !std::isfinite(result.upper)) result.reason = "no size has an interval";
  return result;
}

}  // namespace fisherlab::runs
