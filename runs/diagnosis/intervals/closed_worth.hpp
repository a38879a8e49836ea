#pragma once

#include <cstdint>
#include <vector>

#include "claims/probe.hpp"
#include "estimators/closed_intervals.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// The intervals from exact laws, a list for each parameter.
using ClosedIntervals = std::vector<std::vector<estimators::ClosedInterval>>;

ClosedIntervals closed_intervals_of(claims::Law const& law, std::int64_t n, double level);

/// Counts which of them hold the truth and which lie above it; counts nothing for laws of counts, which are summed.
/// `is_true`: whether the data come from `law`; else nothing is summed.
claims::Probe probe_of(ClosedIntervals const& intervals, claims::Law const& law, estimators::AnyEstimator const& mle,
                       bool is_true);

/// What they are worth, in their order: by the exact law of a total, else by the tally of probe_of().
std::vector<std::vector<IntervalWorth>> worths_of(ClosedIntervals const& intervals, claims::Law const& law,
                                                  std::int64_t n, sim::Tally const& tally, bool is_true);

}  // namespace fisherlab::runs
