#pragma once

#include <cstdint>
#include <vector>

#include "runs/calibration/effort.hpp"
#include "runs/calibration/examined.hpp"
#include "runs/calibration/thinned.hpp"
#include "runs/calibration/tilted_laws.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {

/// Numbers from the address (key, what, index).
sim::ScalarStream stream_of(std::uint64_t key, char const* what, std::int64_t index);

/// Where the search for likely misses begins: the laws to be tilted, and directions to push them along.
struct Pushes {
  TiltedLaws laws;
  std::vector<Tilt> directions;
};

/// Up to twelve noted numbers over all scenarios: pushes along each of them, and random ones; of two all round them.
///
/// More, as limits over a grid with their control variates have: of a hundred numbers hardly any combination moves what
/// is measured, so pushes at random lead nowhere. The law is moved at random `effort.moves` times by five critical
/// distances, and the slope of the estimate is taken at each; a number has one direction, a norm of q numbers up to q.
/// Tilts then use only what these slopes span in each scenario (at most four numbers, those that move the estimate by
/// less than a thirtieth of the foremost left out), with squares and products, and begin along the slopes. These are
/// taken among the thinned draws.
Pushes pushes_of(Examined const& examined, Thinned const& thinned, Effort const& effort, std::uint64_t key);

}  // namespace fisherlab::runs
