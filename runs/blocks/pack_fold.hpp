#pragma once

#include <vector>

#include "runs/blocks/block_fold.hpp"
#include "runs/resume/packing.hpp"

namespace fisherlab::runs {

/// The nodes of a fold, to the bit.
void pack(Packer& packer, BlockFold const& fold);

/// Adds nodes to a fold; `shapes`: of its probes.
/// @throws InputError when they are of other probes, of another tree, or there already.
void unpack(Unpacker& unpacker, std::vector<sim::TallyShape> const& shapes, BlockFold& fold);

}  // namespace fisherlab::runs
