#pragma once

#include "findings/estimated.hpp"

namespace fisherlab::runs {

/// A share of samples in which an interval lies wholly above or below the truth, and of those in which it is known.
struct Misses {
  Estimated all;
  double above = 0;  ///< the interval lies above the truth
  double below = 0;  ///< the interval lies below the truth
};

}  // namespace fisherlab::runs
