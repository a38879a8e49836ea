#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/terminal/terminal.hpp"

namespace fisherlab::cli {

/// How far a run is.
struct ProgressState {
  std::string scenario;
  int look = 0;                 ///< from 0; shown when above 0
  double share = 0;             ///< of this look, by observations
  std::int64_t replicates = 0;  ///< so far in all
  std::string unit = "replicates";
};

/// The line of a state: bar, share, scenario, rate and time left, in at most `width` columns.
/// `seconds`: since the start; `look_seconds`: since the start of this look.
struct Elapsed {
  double seconds = 0;
  double look_seconds = 0;
};
std::string progress_line(ProgressState const& state, Elapsed const& elapsed, int width);

/// One line on stderr that is redrawn a few times a second, and wiped when the object dies. Where stderr is no terminal
/// that can do so, a line each after 10 s, 20 s, 40 s and so on.
class ProgressBar {
 public:
  explicit ProgressBar(bool wanted);
  ProgressBar(ProgressBar const&) = delete;
  ProgressBar& operator=(ProgressBar const&) = delete;
  ~ProgressBar() { wipe(); }

  void show(ProgressState const& state);
  void restart();  ///< takes rate and time left from now on
  void wipe();

 private:
  using Clock = std::chrono::steady_clock;

  bool active_;
  bool wanted_;
  double next_line_ = 10;  ///< seconds after the start, off a terminal
  bool drawn_ = false;
  Terminal terminal_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point look_start_ = start_;
  Clock::time_point last_ = start_;
  int look_ = 0;
};

}  // namespace fisherlab::cli
