#ifdef FISHERLAB_JTHREAD_ENGINE

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "sim/engine/engine.hpp"

// The twin of the oneTBB engine on std::jthread, for the thread sanitizer: Debian's TBB is not instrumented, and its
// false reports would hide real ones.
namespace fisherlab::sim {
namespace {

/// Blocks are taken in order under a lock; a result waits in `ready` until all before it are folded.
class Pool {
 public:
  Pool(BlockWork const& blocks, std::int64_t window)
      : blocks_(blocks), window_(window), next_(blocks.first), folded_(blocks.first) {}

  void worker() {
    std::unique_lock lock(mutex_);
    for (;;) {
      room_.wait(lock, [&] { return done() || next_ < folded_ + window_; });
      if (done()) return;
      if (told_to_stop()) {
        stopped_ = true;
        room_.notify_all();
        return;
      }
      std::int64_t const block = next_++;
      lock.unlock();
      BlockResult result;
      std::exception_ptr error;
      try {
        result = blocks_.work(block);
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      finish(block, std::move(result), error);
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
    if (stopped_) throw Interrupted();
  }

 private:
  bool done() const { return error_ || stopped_ || next_ >= blocks_.last; }

  /// Called under the lock. What `stop` throws ends the run as what work throws does.
  bool told_to_stop() {
    try {
      return blocks_.stop && blocks_.stop();
    } catch (...) {
      if (!error_) error_ = std::current_exception();
      return true;
    }
  }

  /// Called under the lock, which also makes the fold run alone.
  void finish(std::int64_t block, BlockResult result, std::exception_ptr const& error) {
    if (error) {
      if (!error_) error_ = error;
    } else {
      ready_.emplace(block, std::move(result));
      try {
        for (auto it = ready_.begin(); it != ready_.end() && it->first == folded_ && !error_; it = ready_.begin()) {
          blocks_.fold(std::move(it->second));
          ready_.erase(it);
          ++folded_;
        }
      } catch (...) {
        error_ = std::current_exception();
      }
    }
    room_.notify_all();
  }

  BlockWork const& blocks_;
  std::int64_t window_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::int64_t next_;
  std::int64_t folded_;
  std::map<std::int64_t, BlockResult> ready_;
  std::exception_ptr error_;
  bool stopped_ = false;
};

}  // namespace

int default_threads() { return static_cast<int>(std::max(1u, std::thread::hardware_concurrency())); }

void run_blocks(BlockWork const& blocks, int threads) {
  if (threads <= 0) threads = default_threads();
  Pool pool(blocks, 4 * threads);
  {
    std::vector<std::jthread> workers;
    for (int t = 0; t < threads; ++t) workers.emplace_back([&pool] { pool.worker(); });
  }
  pool.rethrow();
}

}  // namespace fisherlab::sim

#endif
