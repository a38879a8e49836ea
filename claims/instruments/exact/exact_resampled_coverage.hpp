#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "claims/instruments/probes/intervals.hpp"
#include "claims/setting.hpp"
#include "sim/models/interface/law_of_estimate.hpp"

namespace fisherlab::claims {

/// The exact coverage, with B resamples and not with infinitely many, of an interval by resampling for component `a` at
/// sample size n; nothing where no exact law is known.
///
/// From the law of the estimate that the model offers (sim/models/interface/law_of_estimate.hpp), r and s the places of
/// the interval's ends among the B ordered resamples:
/// parametric-t for scale parameters and means: T is a pivot, so T and its B resamples are B + 1 draws of one law, and
///   the coverage is (s - r)/(B + 1) at every n.
/// parametric-percentile for them: with x the error of the estimate, log(estimate/truth) or in units of its standard
///   error, and x* that of a resample, P(K_- >= r) - P(K_- >= s) averaged over x, where K_- is the number of resamples
///   with x* <= -x: binomial. Integrated over the law of x, to about 1e-9.
/// parametric-percentile for counts, and percentile for a Bernoulli law, whose resamples are binomial both ways: the
///   same, summed over the totals.
std::optional<double> exact_resampled_coverage(Law const& law, std::size_t a, std::int64_t n, IntervalKind const& kind,
                                               double alpha);

/// The law of log(estimate/truth): H(x) = P(log(estimate/truth) <= x).
std::function<double(double)> log_ratio_cdf(sim::ScaledEstimate const& law);

/// E f(X) of a smooth f of values in [0, 1], X with the distribution function `cdf`: the integral of f d cdf by the
/// trapezium rule over 4,000 steps, even in asinh x, between the points beyond which 1e-13 lies, extrapolated from half
/// as many.
double mean_over(std::function<double(double)> const& cdf, std::function<double(double)> const& f);

}  // namespace fisherlab::claims
