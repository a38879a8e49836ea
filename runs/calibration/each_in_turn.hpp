#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "runs/replicates.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {

/// `work` for each k below `count`, on all threads; `fold` in their order. @throws sim::Interrupted when told to stop.
template <class Result>
void each_in_turn(std::size_t count, Execution const& execution, std::function<Result(std::size_t)> const& work,
                  std::function<void(Result const&)> const& fold) {
  sim::BlockWork blocks;
  blocks.last = static_cast<std::int64_t>(count);
  blocks.work = [&](std::int64_t k) { return std::make_shared<Result>(work(static_cast<std::size_t>(k))); };
  blocks.fold = [&](sim::BlockResult const& result) { fold(*static_cast<Result const*>(result.get())); };
  blocks.stop = execution.stop;
  sim::run_blocks(blocks, execution.threads);
}

}  // namespace fisherlab::runs
