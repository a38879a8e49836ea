#pragma once

#include <cstddef>
#include <cstdint>

#include "runs/calibration/examined.hpp"

namespace fisherlab::runs {

/// What the search for ways to miss may cost. Any tilt gives a factor that is right in the mean; less search gives one
/// that takes more samples.
struct Effort {
  std::int64_t draws = 16384;  ///< of those that are stored
  std::size_t moves = 8;       ///< of the law, to see along which directions it matters
  int steps = 12;              ///< of the law towards what theory says
  bool is_small = false;       ///< tilts along numbers alone, not their products, and no step among all draws
};

/// Less where a look at a law is dear: it adds every draw to each sum that a tally keeps.
Effort effort_for(Examined const& examined);

}  // namespace fisherlab::runs
