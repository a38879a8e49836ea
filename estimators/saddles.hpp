#pragma once

#include <array>
#include <vector>

#include "sim/lanes.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/sample.hpp"

namespace fisherlab::estimators {

/// Where a search may have settled on a saddle.
struct Suspects {
  std::vector<sim::LaneSet> lanes;  ///< by parameter: those to be asked along it; empty: none
  std::vector<sim::Lanes> errors;   ///< by parameter, in its working coordinate: the standard error, the others held

  sim::LaneSet any() const {
    unsigned result = 0;
    for (auto const each : lanes) result |= each;
    return static_cast<sim::LaneSet>(result);
  }
};

/// Tells saddles from maxima: with one parameter moved by its standard error to either side and the others at their
/// maximum, the log likelihood is below that of a maximum. (Along the straight line it need not rise beside a saddle:
/// at shape 0 of the skew-normal law it rises by the third power of the shape, and only where the scale follows.)
/// `theta` (p Lanes), `log_likelihood`: where the search settled. Gives the lanes in which it rises; there theta is
/// moved to the higher side.
sim::LaneSet leave_saddles(sim::BatchModel const& model, sim::Sample const& sample, Suspects const& suspects,
                           sim::Lanes* theta, sim::Lanes const& log_likelihood, sim::Lanes& evaluations);

}  // namespace fisherlab::estimators
