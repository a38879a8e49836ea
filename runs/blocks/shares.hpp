#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runs/experiment_work.hpp"
#include "runs/looks.hpp"

namespace fisherlab::runs {

/// Part k of K, k from 1.
struct Share {
  int part = 1;
  int parts = 1;

  bool operator==(Share const&) const = default;
};

/// What one part does of some blocks. Each simulation is cut into units of 2^j aligned blocks, about eight a part by
/// their observations; the dearest first, each unit goes to the part that has least to do so far. The parts are
/// disjoint, together all, and a function of the arguments alone.
/// @param sizes  sample size of each simulation
LookWork share_of(LookWork const& work, std::vector<std::int64_t> const& sizes, Share const& share);

/// What one part does of some experiments. Nobody knows how long a unit takes, but pieces at equal distances are often
/// alike: the parts take one in turn, and each round begins with the next part.
ExperimentWork share_of(ExperimentWork const& experiments, Share const& share);

}  // namespace fisherlab::runs
