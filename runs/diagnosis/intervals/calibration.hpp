#pragma once

#include <cstdint>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/intervals/ratio_targets.hpp"

namespace fisherlab::runs {

/// Its name among intervals.
inline constexpr char calibrated_name[] = "calibrated likelihood-ratio";

/// The simulation-calibrated likelihood-ratio interval: all values whose profile likelihood-ratio statistic is at most
/// c, the quantile of that statistic at the true value in samples of n drawn at the estimate, in place of
/// chi-squared's. It is the parametric bootstrap of the statistic; its error falls as n^-2 where that of chi-squared
/// falls as n^-1. Source: Beran (1988), J. Amer. Statist. Assoc. 83, 687-697.

/// The largest n for which it is made: beyond, c is that of chi-squared to about 1 %.
inline constexpr std::int64_t largest_calibrated_n = 200;

/// Whether there is such an interval: n is at most largest_calibrated_n, the level at most .995 and the fit has one
/// starting value, since else too many samples would have to be drawn and fitted.
bool can_calibrate(sim::BatchModel const& model, std::int64_t n, double level);

/// c of each target, from 8,192 samples drawn at the source's theta, but its least cut-off where that is larger: a
/// smaller quantile comes from an estimate near an edge of the space, where the law of the statistic changes with
/// theta, and the truth may stand elsewhere (decision 0046). NaN where fewer than half of them gave a statistic.
std::vector<double> calibrated_cut_offs(RatioSource const& source, DiagnosisSettings const& settings);

/// What the interval is worth at the source's theta, one a target: samples are drawn there, and in each the cut-off is
/// simulated again at its own estimate. The true value is put to the Monte Carlo test, where its statistic is beyond
/// the least cut-off: by round(10/(1 - level)) inner samples, twice, four, ... 16 times as many until the share of
/// statistics as large is three standard errors off 1 - level. `replicates`: outer samples. Samples without a
/// statistic, or with an estimate on the edge of the space, are left out.
std::vector<IntervalWorth> calibrated_worth(RatioSource const& source, std::int64_t replicates,
                                            DiagnosisSettings const& settings);

/// How many outer samples a diagnosis affords: a 32nd of its replicates, 256 at least.
std::int64_t calibrated_replicates(DiagnosisSettings const& settings);

}  // namespace fisherlab::runs
