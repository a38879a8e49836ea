#pragma once

#include <array>
#include <cstddef>
#include <memory_resource>
#include <vector>

#include "sim/lanes.hpp"

namespace fisherlab::estimators {

using LaneRow = std::pmr::vector<sim::Lanes>;

/// Room on the stack for the rows of lanes of one search, so that a replicate takes nothing from the heap: 16 KiB,
/// which holds what a search over ten parameters asks for; beyond that it comes from the heap after all. Rows must not
/// outlive it, and what a row that grows leaves behind is not used again.
class Scratch {
 public:
  LaneRow row(std::size_t size) { return LaneRow(size, &arena_); }
  std::pmr::memory_resource* arena() { return &arena_; }

 private:
  alignas(alignof(sim::Lanes)) std::array<std::byte, std::size_t{16} << 10> room_;
  std::pmr::monotonic_buffer_resource arena_{room_.data(), room_.size()};
};

}  // namespace fisherlab::estimators
