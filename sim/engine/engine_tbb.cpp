#ifndef FISHERLAB_JTHREAD_ENGINE

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <cstddef>
#include <utility>

#include "sim/engine/engine.hpp"

namespace fisherlab::sim {

int default_threads() { return oneapi::tbb::info::default_concurrency(); }

void run_blocks(BlockWork const& blocks, int threads) {
  if (threads <= 0) threads = default_threads();
  // A few blocks a thread may be under way, which hides their different lengths and bounds what waits for the fold.
  auto const tokens = static_cast<std::size_t>(4 * threads);
  std::int64_t next = blocks.first;
  bool stopped = false;
  // Without it the library would run no more threads than there are cores, and say so on stderr.
  oneapi::tbb::global_control const allowed(oneapi::tbb::global_control::max_allowed_parallelism,
                                            static_cast<std::size_t>(threads));
  oneapi::tbb::task_arena arena(threads);
  using oneapi::tbb::filter_mode;
  using oneapi::tbb::make_filter;
  auto const source =
      make_filter<void, std::int64_t>(filter_mode::serial_in_order, [&](oneapi::tbb::flow_control& flow) {
        if (!stopped && next < blocks.last && blocks.stop && blocks.stop()) stopped = true;
        if (stopped || next >= blocks.last) {
          flow.stop();
          return std::int64_t{0};
        }
        return next++;
      });
  auto const work = make_filter<std::int64_t, BlockResult>(filter_mode::parallel,
                                                           [&](std::int64_t block) { return blocks.work(block); });
  auto const fold = make_filter<BlockResult, void>(filter_mode::serial_in_order,
                                                   [&](BlockResult result) { blocks.fold(std::move(result)); });
  arena.execute([&] { oneapi::tbb::parallel_pipeline(tokens, source & work & fold); });
  if (stopped) throw Interrupted();
}

}  // namespace fisherlab::sim

#endif
