#pragma once

#include <cstdint>
#include <vector>

#include "base/api.hpp"

namespace fisherlab::sim {

/// Counts of a standardised statistic z in 4,096 cells of equal width on the scale u = (1 + z/(1 + |z|))/2, which maps
/// the line onto (0, 1) by arithmetic alone. Under a standard normal law a cell holds at most 5e-4. Laws are compared
/// at the edges, whose place on the z scale is exact, so no distribution function enters the replicate stage.
struct FISHERLAB_API Histogram {
  static constexpr int cell_count = 4096;                                   ///< of the scale u
  std::vector<std::int64_t> cells = std::vector<std::int64_t>(cell_count);  ///< how many statistics each cell holds

  /// The cell of z; infinities fall in the outer cells, and NaN, which no statistic should be, in the last.
  static int cell_of(double z);
  /// Upper edge of a cell on the z scale: v/(1 - |v|) with v = 2 (cell + 1)/4096 - 1; infinite for the last one.
  static double upper_edge(int cell);

  /// Adds the counts of another.
  void merge(Histogram const& other);
};

}  // namespace fisherlab::sim
