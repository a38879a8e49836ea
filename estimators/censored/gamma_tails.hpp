#pragma once

#include "sim/lanes.hpp"

namespace fisherlab::estimators {

/// log P(X <= x) and log P(X > x) of the gamma law of rate 1.
struct GammaLogTails {
  sim::Lanes lower, upper;
};

/// Lane by lane, x > 0. Below shape + 1 by the power series of the lower tail, above by the continued fraction of the
/// upper one, so that the side which is the smaller does not cancel; shapes outside [.01, 200] one at a time by
/// gamma_cdf() and gamma_tail(), which take some twenty times as long. A shape that is none: -infinity.
/// Source: Abramowitz and Stegun (1964), 6.5.29 and 6.5.31.
GammaLogTails gamma_log_tails(sim::Lanes const& x, sim::Lanes const& shape);

}  // namespace fisherlab::estimators
