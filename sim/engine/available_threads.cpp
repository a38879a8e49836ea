#include "sim/engine/available_threads.hpp"

#include <atomic>
#include <latch>
#include <memory>
#include <new>
#include <semaphore>
#include <system_error>
#include <thread>
#include <vector>

namespace fisherlab::sim {
namespace {

/// What a thread takes of the memory beside its stack: its first allocation reserves it an arena, which it leaves to
/// the next one.
bool has_memory() {
  try {
    auto const bytes = std::make_unique<char volatile[]>(1 << 12);
    bytes[0] = 1;
    return true;
  } catch (std::bad_alloc const&) {
    return false;
  }
}

}  // namespace

int available_threads(int wanted) {
  std::latch end(1);                   // all live until it
  std::binary_semaphore has_begun(0);  // one after the other, so that each finds what those before it have left
  std::atomic<int> count = 0;
  {
    std::vector<std::jthread> threads;
    try {
      while (static_cast<int>(threads.size()) < wanted) {
        threads.emplace_back([&] {
          count += has_memory();
          has_begun.release();
          end.wait();
        });
        has_begun.acquire();
      }
    } catch (std::system_error const&) {
    } catch (std::bad_alloc const&) {
    }
    end.count_down();
  }
  return count;
}

}  // namespace fisherlab::sim
