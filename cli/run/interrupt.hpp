#pragma once

#include <array>
#include <csignal>
#include <string>

namespace fisherlab::cli {

/// Turns SIGINT, SIGTERM, SIGHUP, SIGXCPU and SIGXFSZ into a flag while it lives, so that a run can stop between blocks
/// and write what it has. A second signal ends the program at once; but a processor limit, of which the system tells
/// every second, does not. Signals that the caller made us ignore (`nohup`) stay ignored.
///
/// A signal handler has no argument to reach an object by, so the flag is the one global of the program.
class StopSignal {
 public:
  StopSignal();
  StopSignal(StopSignal const&) = delete;
  StopSignal& operator=(StopSignal const&) = delete;
  ~StopSignal();

  /// Whether one was caught since the object was made.
  static bool told();

 private:
  static constexpr std::array<int, 5> signals = {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGXFSZ};
  std::array<struct sigaction, signals.size()> old_{};
};

}  // namespace fisherlab::cli
