#include "cli/run/interrupt.hpp"

#include <atomic>
#include <cstddef>

namespace fisherlab::cli {
namespace {

static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may only touch lock-free atomics");
std::atomic<int> caught = 0;

void note(int signal) {
  bool const is_limit = signal == SIGXCPU || signal == SIGXFSZ;
  if (caught.exchange(signal) == 0 || is_limit) return;
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

StopSignal::StopSignal() {
  caught = 0;
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESTART);
  sigemptyset(&action.sa_mask);
  for (std::size_t k = 0; k < signals.size(); ++k) {
    sigaction(signals[k], nullptr, &old_[k]);
    if (old_[k].sa_handler != SIG_IGN) sigaction(signals[k], &action, nullptr);
  }
}

StopSignal::~StopSignal() {
  for (std::size_t k = 0; k < signals.size(); ++k) sigaction(signals[k], &old_[k], nullptr);
}

bool StopSignal::told() { return caught != 0; }

}  // namespace fisherlab::cli
