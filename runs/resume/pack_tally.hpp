#pragma once

#include "runs/resume/packing.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::runs {

/// All that a tally has kept, to the bit.
void pack(Packer& packer, sim::Tally const& tally);

/// Fills a tally, which is empty and has the shape of the one that was packed.
/// @throws InputError when the bytes are of another shape.
void unpack(Unpacker& unpacker, sim::Tally& tally);

}  // namespace fisherlab::runs
