#pragma once

#include "sim/lanes.hpp"
#include "sim/models/expression/law_programs.hpp"

namespace fisherlab::sim {

/// -E of the Hessian of one observation, packed, at eight theta at once: over 193 nodes of the trapezoidal rule in a
/// variable that makes densities end doubly exponentially, or over at most 4096 counts.
/// Gives the lanes in which it is found to be right: the density sums to 1 within 1e-9, and half as many nodes give the
/// entries within 1e-6 of (I_aa I_bb)^1/2, which for analytic densities leaves an error of some 1e-12.
/// Source of the rule: Takahasi and Mori (1974), Publications of the RIMS 9, 721-741.
LaneSet lane_information(LawPrograms const& programs, Support const& support, Lanes const* theta, Lanes* packed);

}  // namespace fisherlab::sim
