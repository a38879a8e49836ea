#include "sim/engine/available_threads.hpp"

#include <latch>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace fisherlab::sim {

int available_threads(int wanted) {
  std::latch end(1);  // all live until it
  std::vector<std::jthread> threads;
  try {
    while (static_cast<int>(threads.size()) < wanted) threads.emplace_back([&end] { end.wait(); });
  } catch (std::system_error const&) {
  } catch (std::bad_alloc const&) {
  }
  auto const count = static_cast<int>(threads.size());
  end.count_down();
  return count;
}

}  // namespace fisherlab::sim
