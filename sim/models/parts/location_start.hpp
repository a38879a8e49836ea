#pragma once

#include "base/api.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

inline constexpr int location_start_count = 3;

/// Starting value number `which` for a location and a scale: the median, the lower or the upper quartile, with half
/// the interquartile range (the standard deviation where that is 0).
FISHERLAB_API Theta<Lanes, 2> location_start(Sample const& sample, int which);

}  // namespace fisherlab::sim
