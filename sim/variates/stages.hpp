#pragma once

#include <algorithm>
#include <cstdint>

#include "base/api.hpp"

namespace fisherlab::sim {

/// Observations that a stage looks at before the next one does.
inline constexpr std::int64_t stage_chunk = 128;

/// Calls `first(i)` for each i in [0, n), then the other stages likewise, chunk by chunk, so that what one stage leaves
/// for the next stays in the cache. A long chain of operations in one loop keeps the processor from beginning the next
/// observation early; short loops one after the other overlap.
template <class... Stages>
FISHERLAB_INLINE void in_stages(std::int64_t n, Stages const&... stages) {
  for (std::int64_t begin = 0; begin < n; begin += stage_chunk) {
    std::int64_t const end = std::min(begin + stage_chunk, n);
    auto const all = [begin, end](auto const& stage) {
      for (std::int64_t i = begin; i < end; ++i) stage(i);
    };
    (all(stages), ...);
  }
}

}  // namespace fisherlab::sim
