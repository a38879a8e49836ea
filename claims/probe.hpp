#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "claims/setting.hpp"
#include "estimators/estimator.hpp"
#include "sim/random/stream_key.hpp"
#include "sim/sample.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::claims {

/// Sums over the n observations at the setting's theta, packed matrices; formed once for all probes.
struct ScoreSums {
  std::vector<sim::Lanes> score;    ///< sum s, p
  std::vector<sim::Lanes> outer;    ///< sum s s', q
  std::vector<sim::Lanes> hessian;  ///< sum H, q
};

/// Eight replicates as a probe sees them: drawn once, fitted once, their scores formed once.
struct Batch {
  Scenario const& scenario;                ///< what was simulated
  sim::Sample const& sample;               ///< n observations in each lane
  sim::LaneSet drawn;                      ///< replicates that count; the last batch of a run may be short
  ScoreSums const& scores;                 ///< filled when a probe asks for it
  estimators::Estimates const* estimates;  ///< of the probe's estimator, or null
};

/// What a claim asks of every replicate of a scenario: it is shown each batch and writes down what its tally keeps.
/// A probe never draws.
struct Probe {
  std::size_t scenario = 0;   ///< which of its question's scenarios
  sim::TallyShape shape;      ///< what its tally keeps
  bool needs_scores = false;  ///< whether `Batch::scores` is to be formed
  bool needs_sample = true;   ///< whether `observe` looks at `Batch::sample`, which may be empty where none does
  estimators::AnyEstimator estimator;  ///< null for none
  /// Writes down what is kept of a batch; runs on several threads.
  std::function<void(Batch const&, sim::Observed&)> observe;
};

/// The lanes with an estimate, and those that were drawn but gave none.
inline void mark_used(Batch const& batch, sim::Observed& out) {
  sim::LaneSet const found = batch.estimates != nullptr ? batch.estimates->found : sim::all_lanes;
  out.used = static_cast<sim::LaneSet>(batch.drawn & found);
  out.dropped = static_cast<sim::LaneSet>(batch.drawn & ~found);
}

/// Replicates of which a probe could not find out what it asks (a search failed) count as dropped, never as an outcome.
inline void drop_unknown(sim::LaneSet known, sim::Observed& out) {
  out.dropped = static_cast<sim::LaneSet>(out.dropped | (out.used & ~known));
  out.used = static_cast<sim::LaneSet>(out.used & known);
}

}  // namespace fisherlab::claims
