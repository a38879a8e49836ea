#pragma once

#include <cstdint>
#include <optional>

#include "claims/instruments/probes/intervals.hpp"
#include "claims/setting.hpp"

namespace fisherlab::claims {

/// The exact coverage of an interval for component `a` at sample size n; nothing where no exact law is known.
///
/// From the law of the estimate that the model offers (sim/models/interface/law_of_estimate.hpp).
/// Counts: summed over the totals whose interval holds the truth.
/// Scale parameters: the law of w = truth/estimate is free of theta, and a standard error v estimate/sqrt(n) makes Wald
/// on the scale theta^a hold where |w^a - 1| <= z |a| v/sqrt(n), on the log scale where |log w| <= z v/sqrt(n). Means:
/// Student's law, and the normal law where the standard deviation is known.
std::optional<double> exact_coverage(Law const& law, std::size_t a, std::int64_t n, IntervalKind const& kind, double z);

}  // namespace fisherlab::claims
