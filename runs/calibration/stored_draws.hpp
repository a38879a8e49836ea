#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "claims/claim.hpp"
#include "runs/replicates.hpp"
#include "sim/tallies/weighted.hpp"

namespace fisherlab::runs {

/// One scenario of a question with what some of its probes noted of the same replicates.
struct StoredScenario {
  std::size_t scenario = 0;                                   ///< of the question
  std::vector<std::size_t> probes;                            ///< of the question
  std::vector<std::shared_ptr<sim::NotedDraws const>> noted;  ///< one a probe
  std::int64_t count = 0;                                     ///< replicates

  /// Sums that a draw adds to: products of two deviations.
  std::size_t products() const;
  /// And products of more.
  std::size_t joint_powers() const;
  /// The same replicates with what some of these probes noted.
  StoredScenario of_probes(std::vector<std::size_t> const& some) const;
};

/// Whether what a probe notes can be stored and weighed: means and counts can, marks, records and histograms cannot.
bool can_be_stored(claims::Probe const& probe);

/// Draws and stores. @throws sim::Interrupted when told to stop.
StoredScenario store_draws(claims::Sampled const& question, std::size_t scenario,
                           std::vector<std::size_t> const& probes, Stretch const& stretch, Execution const& execution);

}  // namespace fisherlab::runs
