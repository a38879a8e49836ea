#pragma once

#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
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

/// The tally of a sample that holds draw i `weights[i]` times; weights need not be whole. Histograms stay empty.
FISHERLAB_API Tally weighted_tally(NotedDraws const& draws, std::span<double const> weights);

}  // namespace fisherlab::sim
