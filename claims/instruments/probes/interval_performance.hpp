#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "claims/instruments/probes/intervals.hpp"
#include "claims/probe.hpp"
#include "findings/performance.hpp"

namespace fisherlab::claims {

/// Intervals by maximum likelihood whose performance is measured side by side, on the same replicates.
struct ComparedIntervals {
  std::vector<IntervalMethod> methods;             ///< none that resamples
  std::vector<std::optional<double>> null_values;  ///< of each component, what its tests are to reject; may be empty
  double level = 0.95;

  /// The value that the tests of component `a` are to reject; nothing where none is given.
  std::optional<double> null_value(std::size_t a) const {
    return a < null_values.size() ? null_values[a] : std::nullopt;
  }
};

/// Counts, for each method, the intervals for component `a` that hold the truth, those wholly below and wholly above
/// it, and those without the null value, by the tests that they invert (held_by). A replicate is dropped where any of
/// that was not found out.
Probe interval_probe(Law const& law, estimators::AnyEstimator const& mle, std::size_t a,
                     ComparedIntervals const& compared);

/// The row of maximum likelihood once for each method, called "mle [score]" and so on, with coverage, misses and power
/// of its interval; `failed` counts what the probe dropped.
std::vector<PerformanceRow> interval_rows(PerformanceRow const& of_mle, std::size_t a, sim::Tally const& tally,
                                          ComparedIntervals const& compared);

}  // namespace fisherlab::claims
