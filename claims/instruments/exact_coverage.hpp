#pragma once

#include <cstdint>
#include <optional>

#include "claims/instruments/intervals.hpp"
#include "claims/setting.hpp"

namespace fisherlab::claims {

/// The exact coverage of an interval for component `a` at sample size n; nothing where no exact law is known.
///
/// Counts: the law of the sufficient total (binomial for `bernoulli` and `binomial`, Poisson for `poisson`, negative
/// binomial for `geometric`), summed over the totals whose interval holds the truth.
/// Scale parameters (`exponential`, `pareto`, `rayleigh`, the sd of `normal`): the law of w = truth/estimate is free of
/// theta, and a standard error v estimate/sqrt(n) makes Wald on the scale theta^a hold where |w^a - 1| <= z |a|
/// v/sqrt(n), on the log scale where |log w| <= z v/sqrt(n). Means (`normal`, `normal_mean`): Student's law, and the
/// normal law.
std::optional<double> exact_coverage(Law const& law, std::size_t a, std::int64_t n, IntervalKind const& kind, double z);

}  // namespace fisherlab::claims
