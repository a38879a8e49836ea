#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runs/calibration/calibration.hpp"
#include "runs/run.hpp"

namespace fisherlab::runs {

/// The error at which an interval is computed and its replicates at the first look of a run, the look at which the
/// normal approximation has least to lean on.
IntervalLevel first_look(RunSettings const& settings, std::int64_t findings);

/// A nearer level at which an interval is wrong by the same factor. With z the critical value of the normal law, the
/// error of a Student interval from R replicates of skewness g is off by a factor that depends on them, to first order,
/// through g z^3/sqrt(R) alone; so
///   R' = R (z'/z)^6   at   alpha' = 2 (1 - Phi(z')),
/// with alpha' near 1e-3, where misses can be counted. R' is a whole number of blocks of 1,024, at least one, and
/// alpha' follows from it. A level that is nearer than 1e-3 already is kept.
/// Source: Hall (1992), The Bootstrap and Edgeworth Expansion, for the expansion.
IntervalLevel nearer(IntervalLevel const& far);

/// How the intervals of a study do at their level.
struct FarCheck {
  std::vector<FarRow> rows;       ///< after an interruption those that were whole
  std::string fingerprint;        ///< hash over the fingerprints of all stretches
  std::int64_t replicates = 0;    ///< drawn in all stretches
  bool deadline_reached = false;  ///< rows are missing for want of time
  bool interrupted = false;       ///< `stop` said so
};

/// For every finding of the subjects that rests on one scenario and is no rate: its interval from each of `runs`
/// stretches of replicates, at the nearer level, against the truth. The truth is measured from all stretches together:
/// its own error is smaller by a factor sqrt(runs), so every statistic can be checked, also one without a known value.
/// Left out: a statistic that all stretches together cannot measure, and claims that keep every replicate.
/// `settings` gives seed, threads and deadline.
FarCheck check_far_level(std::span<Subject const> subjects, RunSettings const& settings, IntervalLevel const& level,
                         std::int64_t runs, CalibrationHooks const& hooks);

}  // namespace fisherlab::runs
