#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

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

/// What one part does of some experiments, which are questions by their place. Nobody knows how long they take. Those
/// that stand side by side on the same model and data stay together, since claims about networks share what one of them
/// has trained; such groups are taken in turn.
std::vector<std::size_t> share_of(std::vector<std::size_t> const& experiments, std::vector<Pending> const& pending,
                                  Share const& share);

}  // namespace fisherlab::runs
