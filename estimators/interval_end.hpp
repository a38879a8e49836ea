#pragma once

#include <functional>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::estimators {

/// A test statistic as a function of the tested value, eight values at a time: NaN where it is not known, infinite
/// where the value is excluded.
using Statistic = std::function<sim::Lanes(sim::Lanes const&)>;

/// One side of an estimate, on the working scale of its domain (coordinates.hpp).
struct Side {
  sim::Domain domain = sim::Domain::real;
  double centre = 0;    ///< a value that the test does not reject
  double width = 0;     ///< a first reach, its sign the side: about the length of an interval
  double critical = 0;  ///< the test rejects where its statistic is above
};

/// The end of an interval of values that a test does not reject: where the statistic first passes `critical` beyond the
/// centre, as a value of the parameter.
///
/// A bracket is grown by doubling until a sign change is proven, and divided into nine parts again and again. Where
/// there is none up to the end of the parameter space (as far as floating-point numbers reach; half a turn for an
/// angle), or up to where the search fails far out, and the statistic has levelled off or falls below `critical`, the
/// end is that of the space: 0, 1, an infinity, or the centre plus or minus pi. Otherwise the end is not found: NaN.
/// Nothing here depends on the units of the data: reaches are multiples of `width`, or logs.
FISHERLAB_API double interval_end(Statistic const& statistic, Side const& side);

}  // namespace fisherlab::estimators
