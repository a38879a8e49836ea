#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/engine/engine.hpp"

namespace fisherlab::estimators::influence {

/// Calls work(first, last) for stretches of at most `grain` rows out of 0 ... n - 1, in parallel. The stretches do not
/// depend on the number of threads, and each writes to rows of its own, so neither does the result.
template <class Work>
void for_row_blocks(int n, int grain, int threads, Work const& work) {
  auto const one = [&](std::int64_t block) {
    int const first = static_cast<int>(block) * grain;
    work(first, std::min(first + grain, n));
    return sim::BlockResult{};
  };
  sim::run_blocks(
      {.first = 0, .last = (n + grain - 1) / grain, .work = one, .fold = [](sim::BlockResult const&) {}, .stop = {}},
      threads);
}

}  // namespace fisherlab::estimators::influence
