#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "sim/engine/engine.hpp"

namespace fisherlab::runs {

/// Who works, and until when.
struct Workers {
  int threads = 0;                  ///< 0: one a core
  std::function<bool()> stop = {};  ///< whether to end early; asked from all threads
};

/// `work` for each k below `count`, on all threads; `fold` in their order. @throws sim::Interrupted when told to stop.
template <class Result>
void each_in_turn(std::size_t count, Workers const& workers, std::function<Result(std::size_t)> const& work,
                  std::function<void(Result const&)> const& fold) {
  sim::BlockWork blocks;
  blocks.last = static_cast<std::int64_t>(count);
  blocks.work = [&](std::int64_t k) { return std::make_shared<Result>(work(static_cast<std::size_t>(k))); };
  blocks.fold = [&](sim::BlockResult const& result) { fold(*static_cast<Result const*>(result.get())); };
  blocks.stop = workers.stop;
  sim::run_blocks(blocks, workers.threads);
}

}  // namespace fisherlab::runs
