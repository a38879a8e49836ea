#pragma once

#include "runs/diagnosis/censored/censored_draws.hpp"
#include "runs/diagnosis/goodness.hpp"

namespace fisherlab::runs {

/// More rows than these are not tested: as many are drawn from them without replacement.
inline constexpr std::int64_t most_tested_censored_rows = 2000;

/// Tests the fitted law against the nonparametric estimate of the data's (censored_distances.hpp), with p-values from
/// samples drawn at the estimate, censored as the data were, and fitted again (999; 499 of more than 500 rows).
/// Values seen exactly that lie on a grid are compared with simulated ones rounded to it. The rank correlation of
/// neighbouring rows is that of P(X <= x), in the middle of what censoring leaves open.
/// @throws sim::Interrupted when told to stop.
Goodness check_censored(CensoredData const& data, Observations const& observations, GoodnessSettings const& settings);

}  // namespace fisherlab::runs
