#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "claims/instruments/probes/controlled_performance.hpp"
#include "runs/replicates.hpp"
#include "runs/resume/packing.hpp"
#include "runs/simulate.hpp"

namespace fisherlab::runs {

/// Score controls, one an estimator; none where they are not asked for.
using ControlledEstimators = std::vector<claims::ControlledPerformance>;

/// Those of each theta.
std::vector<ControlledEstimators> controlled_estimators(Simulation const& simulation);

/// A theta and a sample size of a simulation.
struct SimulatedScenario {
  std::size_t law = 0;  ///< its place among all theta
  std::int64_t n = 0;
};

/// Theta by theta, each with all sizes.
std::vector<SimulatedScenario> simulated_scenarios(Simulation const& simulation);

/// One scenario of a simulation on its way: what all estimators are shown, and what is folded of it.
class SimulatedSize {
 public:
  /// @param controlled  those of its theta, which outlive this
  SimulatedSize(Simulation const& simulation, ControlledEstimators const& controlled,
                SimulatedScenario const& scenario);

  std::int64_t n() const { return scenario_.n; }
  /// "gamma shape=2.5;rate=1.3, n = 100"
  std::string name() const;
  /// The blocks that are not folded.
  BlockRanges missing() const { return fold_.missing(); }
  /// All blocks.
  BlockRanges all() const { return {{0, fold_.blocks()}}; }

  /// Draws blocks, and folds what they come to. @throws sim::Interrupted
  void draw(BlockRanges const& blocks, Execution const& execution);
  /// What is folded, to the bit.
  void pack(Packer& packer) const;
  /// Adds what was folded before, or in another place.
  /// @throws InputError when it is of other estimators, or there already.
  void unpack(Unpacker& unpacker);

  /// Adds the rows of this size, and the fingerprints of its tallies; once, when no block is missing.
  void measure(SimulationResult& result, std::string& fingerprints);

 private:
  /// The rows of maximum likelihood, once for each interval that is compared.
  std::vector<PerformanceRow> compared_rows(std::vector<PerformanceRow> const& of_mle,
                                            std::vector<sim::Tally> const& tallies) const;

  Simulation const& simulation_;
  ControlledEstimators const& controlled_;
  claims::Scenario scenario_;
  std::vector<claims::Probe> probes_;  ///< one an estimator, two each where controlled, one a parameter for intervals
  BlockFold fold_;
};

/// The fingerprint of a simulation, from those of its tallies.
std::string simulation_fingerprint(std::string const& fingerprints);

}  // namespace fisherlab::runs
