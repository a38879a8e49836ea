#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// A value that a replicate gave, and which one it was.
struct Extreme {
  double value = 0;            ///< of the component
  std::int64_t replicate = 0;  ///< its number in the scenario, from 0
};

/// The lowest and the highest values of one component over replicates, the farthest first, of equal ones the earlier
/// replicate: a monoid under `merge`. NaN is never among them.
///
/// The first of each list is exact. Within a block of 1,024 replicates each of the eight lanes gives its own extreme
/// alone, so a later entry may be missing where two of the farthest stood in one lane of one block.
struct FISHERLAB_API Extremes {
  static constexpr std::size_t most = 3;  ///< kept of each
  std::vector<Extreme> lowest;            ///< ascending
  std::vector<Extreme> highest;           ///< descending

  /// Adds those of other replicates of the scenario.
  void merge(Extremes const& other);
};

/// Follows one component through the batches of a block: a few instructions a batch, and no branch.
class BlockExtremes {
 public:
  /// `used`: lanes that count; `batch`: the number of the batch in its block.
  void fold(Lanes const& values, LaneMask const& used, double batch) {
    LaneMask const below = used & (values < low_), above = used & (values > high_);
    low_ = select(below, values, low_);
    low_batch_ = select(below, Lanes(batch), low_batch_);
    high_ = select(above, values, high_);
    high_batch_ = select(above, Lanes(batch), high_batch_);
  }
  /// Those of the block whose first replicate is `first`.
  Extremes finish(std::int64_t first) const;

 private:
  Lanes low_ = Lanes(HUGE_VAL), high_ = Lanes(-HUGE_VAL);
  Lanes low_batch_ = Lanes(-1.0), high_batch_ = Lanes(-1.0);
};

}  // namespace fisherlab::sim
