#pragma once

#include <span>
#include <string>

#include "base/statistics/interval.hpp"
#include "findings/finding.hpp"

namespace fisherlab::claims {

/// A measurement from an interval and the replicates behind it.
Measurement measured(std::string statistic, Interval const& interval, std::int64_t replicates,
                     std::int64_t dropped = 0);

/// Rounding of an exact value that is computed in double precision, quadrature included, in units of order one.
inline constexpr double rounding_of_exact_values = 1e-6;

/// `verified` when the interval lies inside the region, `refuted` when the two have no point in common, else
/// `inconclusive`. A region whose target is exact is refuted as soon as the interval leaves the target by more than its
/// rounding, even where it lies inside the margin; a margin below `rounding_of_exact_values` counts as that there, for
/// a number that cannot vary would else be held to its last bit. With P(interval holds the truth) >= level, either
/// mistake has probability at most 1 - level. Also inconclusive: a NaN anywhere, ends in the wrong order, no
/// replicates; and what would be verified when more than 1 % of all replicates were dropped, since those left may be a
/// selected lot. A refutation stands.
/// @throws InputError when the margin or the rounding is negative.
Verdict verdict_of(Measurement const& measurement, Region const& region);

/// `pass` when the verdict is the expected one, `fail` when it is the opposite, `open` when inconclusive; a finding
/// that is only to `report` is reported whatever its verdict.
Outcome outcome_of(Verdict verdict, Expectation expected);

/// The finding with its verdict and outcome filled in from its measurement, region and expectation.
/// @throws InputError when the margin is negative.
Finding judge(Finding finding);

/// Exit code of a run: 1 when any finding failed, else 4 when any stayed open, else 0.
int exit_code(std::span<Finding const> findings);

}  // namespace fisherlab::claims
