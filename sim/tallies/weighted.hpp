#pragma once

#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/tallies/powers.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::sim {

/// What was noted of each replicate of a stretch, eight side by side.
struct NotedDraws {
  TallyShape shape;              ///< of its tally
  std::vector<Lanes> values;     ///< batches x values; 0 where there is no result
  std::vector<Lanes> successes;  ///< batches x successes, 1 for yes
  std::vector<Lanes> used;       ///< one a batch: 1 where there is a result
  std::vector<Lanes> dropped;    ///< one a batch: 1 where the fit failed
  std::vector<double> centre;    ///< of each value, over all draws
};

/// Sums of everything that a tally keeps over draws of which each counts as often as its weight says. They are linear
/// in the weights, which need not be whole nor positive.
struct FISHERLAB_API WeightedSums {
  Lanes used = 0.0, dropped = 0.0;  ///< sums of weights
  std::vector<Lanes> successes;     ///< of each
  std::vector<Lanes> deviations;    ///< of each value from its centre
  std::vector<Lanes> products;      ///< of two deviations, packed
  std::vector<BlockPowers> powers;  ///< of one block each

  /// All zero. @param shape  of the tally
  explicit WeightedSums(TallyShape const& shape);

  /// Adds `factor` times sums over the same draws.
  void add(double factor, WeightedSums const& others);

  /// The tally of a sample that holds these draws. Histograms stay empty.
  Tally tally(NotedDraws const& draws) const;
};

/// The sums for each of several vectors of weights, in one walk over the draws; `weights[k][i]`: of draw i.
FISHERLAB_API std::vector<WeightedSums> weighted_sums(NotedDraws const& draws,
                                                      std::span<std::vector<double> const> weights);

}  // namespace fisherlab::sim
