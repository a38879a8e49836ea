#pragma once

#include <atomic>
#include <csignal>

namespace fisherlab::cli {

/// Turns SIGINT and SIGTERM into a flag while it lives, so that a run can stop between blocks and write what it has. A
/// second signal ends the program at once.
///
/// A signal handler has no argument to reach an object by, so the flag is the one global of the program.
class StopSignal {
 public:
  StopSignal() {
    told_ = false;
    struct sigaction action {};
    action.sa_handler = [](int) { told_ = true; };
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &old_interrupt_);
    sigaction(SIGTERM, &action, &old_terminate_);
  }
  StopSignal(StopSignal const&) = delete;
  StopSignal& operator=(StopSignal const&) = delete;
  ~StopSignal() {
    sigaction(SIGINT, &old_interrupt_, nullptr);
    sigaction(SIGTERM, &old_terminate_, nullptr);
  }

  static bool told() { return told_; }

 private:
  static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");
  inline static std::atomic<bool> told_ = false;
  struct sigaction old_interrupt_ {};
  struct sigaction old_terminate_ {};
};

}  // namespace fisherlab::cli
