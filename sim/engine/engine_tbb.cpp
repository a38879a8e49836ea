#ifndef FISHERLAB_JTHREAD_ENGINE

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>
#include <cstddef>
#include <exception>
#include <utility>

#include "sim/engine/engine.hpp"

namespace fisherlab::sim {
namespace {

/// What came of a block. Exceptions travel with their block: the library would forget results that wait for the fold.
struct Outcome {
  BlockResult result;
  std::exception_ptr failure = nullptr;
};

}  // namespace

int default_threads() { return oneapi::tbb::info::default_concurrency(); }

void run_blocks(BlockWork const& blocks, int threads) {
  if (threads <= 0) threads = default_threads();
  // A few blocks a thread may be under way, which hides their different lengths and bounds what waits for the fold.
  auto const tokens = 4 * static_cast<std::size_t>(threads);
  std::int64_t next = blocks.first;
  bool stopped = false;
  std::exception_ptr failure;  // the first in the order of blocks
  std::atomic<bool> has_failed = false;
  // Without it the library would run no more threads than there are cores, and say so on stderr.
  oneapi::tbb::global_control const allowed(oneapi::tbb::global_control::max_allowed_parallelism,
                                            static_cast<std::size_t>(threads));
  oneapi::tbb::task_arena arena(threads);
  using oneapi::tbb::filter_mode;
  using oneapi::tbb::make_filter;
  auto const source =
      make_filter<void, std::int64_t>(filter_mode::serial_in_order, [&](oneapi::tbb::flow_control& flow) {
        if (!stopped && next < blocks.last && blocks.stop && blocks.stop()) stopped = true;
        if (stopped || has_failed || next >= blocks.last) {
          flow.stop();
          return std::int64_t{0};
        }
        return next++;
      });
  auto const work = make_filter<std::int64_t, Outcome>(filter_mode::parallel, [&](std::int64_t block) -> Outcome {
    try {
      return {blocks.work(block)};
    } catch (...) {
      has_failed = true;
      return {{}, std::current_exception()};
    }
  });
  auto const fold = make_filter<Outcome, void>(filter_mode::serial_in_order, [&](Outcome outcome) {
    if (failure) return;
    failure = outcome.failure;
    if (failure) return;
    try {
      blocks.fold(std::move(outcome.result));
    } catch (...) {
      failure = std::current_exception();
      has_failed = true;
    }
  });
  arena.execute([&] { oneapi::tbb::parallel_pipeline(tokens, source & work & fold); });
  if (failure) std::rethrow_exception(failure);
  if (stopped) throw Interrupted();
}

}  // namespace fisherlab::sim

#endif
