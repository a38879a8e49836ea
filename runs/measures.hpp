#pragma once

#include <vector>

#include "claims/probe.hpp"
#include "runs/run.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::runs {

/// What is kept of one estimator at one scenario beside the findings, from the first look alone: its performance
/// measures, or every estimate.
struct Measure {
  claims::Scenario scenario;
  claims::Probe probe;
  sim::Tally tally;

  bool keeps_estimates() const { return probe.shape.records > 0; }
};

/// The measures that the settings ask for of one estimator: none where its variance has no variance.
std::vector<Measure> measures_of(claims::Scenario const& scenario, estimators::AnyEstimator const& estimator,
                                 RunSettings const& settings);

/// Adds the rows of a measure to a result; takes its records.
void collect_into(RunResult& result, Measure& measure);

}  // namespace fisherlab::runs
