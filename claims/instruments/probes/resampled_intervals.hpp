#pragma once

#include <cstddef>

#include "claims/instruments/probes/intervals.hpp"

namespace fisherlab::claims {

/// The places in B ordered resamples, from 1, between which a level lies: (B + 1) alpha/2 from each end, rounded
/// outwards, so that an interval between two of B + 1 exchangeable numbers has at least its level.
struct Ranks {
  int lower = 1, upper = 1;
};
/// @throws InputError where B resamples have no such places (fewer than 2/alpha - 1).
Ranks ranks_of(int resamples, double alpha);

/// Whether the intervals by resampling for component `a` hold `truth`; t is the estimate, t* those of B resamples.
///   percentile:   from t*_(lower) to t*_(upper);
///   bca:          the same at the levels Phi(z0 + (z0 +- z)/(1 - a (z0 +- z))), z0 by the share of t* below t (half of
///                 the ties), a = sum d^3/(6 (sum d^2)^1.5) by the jackknife, d = mean - t_{-i};
///   bootstrap-t:  from t - s T_(upper) to t - s T_(lower), T = (t* - t)/s*, s and s* the standard errors.
/// The parametric ones draw from the model at t, the others from the observations; a is by the jackknife for both.
/// Lanes in which fewer than nine in ten resamples have an estimate, or the jackknife has none, are not known.
/// Source: Efron (1987), J. Amer. Statist. Assoc. 82, 171-185; Hall (1988), Ann. Statist. 16, 927-953.
Holding held_by_resamples(IntervalKind const& kind, estimators::Estimator const& estimator, Batch const& batch,
                          std::size_t a, double truth, double alpha);

}  // namespace fisherlab::claims
