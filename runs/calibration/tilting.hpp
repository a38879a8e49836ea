#pragma once

#include <cstdint>

#include "runs/calibration/examined.hpp"
#include "runs/calibration/miss_rate.hpp"

namespace fisherlab::runs {

/// The chance that an interval from R replicates does not hold the truth, far below what can be counted.
///
/// The law of a replicate is that of the stored draws, moved by a slight tilt so that what is measured has its exact
/// value where that is known. Samples are drawn from a mixture of tilted laws, exp(c'phi(y)) times the law: phi are the
/// noted numbers (whitened), with their squares and products where there are few and to degree 4 for a single one. Each
/// c is found as the most likely way to miss: from a push along a direction, once for either end of the interval, to
/// where the interval just misses, and then twice along the influence function of that end there, for among all laws at
/// which it just misses the one nearest to the true law in relative entropy is the true law times the exponential of
/// the influence function. A sample counts 1/(mean over the mixture of likelihood ratios) (the balance heuristic), so
/// the estimate is unbiased whatever tilts were found; an error far larger than stated is possible only where a way to
/// miss is far from every tilt, which `effective` and `largest_share` tell of in part. Where `samples` do not settle
/// it, up to four times as many are drawn, and all count. Source: Sanov (1957); Veach and Guibas (1995), SIGGRAPH,
/// 419-428, for the balance heuristic; Owen (2001), Empirical Likelihood, for the influence function as the direction
/// of least entropy.
MissRate miss_rate(Examined const& examined, std::int64_t samples, std::uint64_t key);

}  // namespace fisherlab::runs
