#pragma once

#include <vector>

#include "findings/finding.hpp"
#include "findings/performance.hpp"

namespace fisherlab::runs {

/// What a rate of decay rests on: the discrepancies at each size, with their intervals.
using RatePoints = std::vector<ConvergenceRow>;

/// The intervals of all sizes as one, about 0: ends are those of the worst size less its discrepancy under the law of
/// the draws (`truth`), in units of that one's half-width; the estimate is the sum of all, which moves with each. Which
/// sizes a rate uses, and with which weights, differs from sample to sample, and so does what its interval is about;
/// but it holds that whenever no size's interval misses.
Measurement as_one(RatePoints const& points, RatePoints const& truth);

}  // namespace fisherlab::runs
