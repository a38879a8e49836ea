#include "cli/terminal/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"

namespace fisherlab::cli {

std::string progress_line(ProgressState const& state, Elapsed const& elapsed, int width) {
  constexpr int bar_width = 20;
  double const share = std::clamp(state.share, 0.0, 1.0);
  int const filled = static_cast<int>(std::lround(share * bar_width));
  std::string const bar = "[" + std::string(static_cast<std::size_t>(filled), '#') +
                          std::string(static_cast<std::size_t>(bar_width - filled), '.') + "]";
  std::string line = fmt::format("{} {:3.0f} %", bar, std::floor(100 * share));
  if (state.look > 0) line += fmt::format("  look {}", state.look + 1);
  if (elapsed.seconds > 0)
    line += fmt::format("  {} {}/s", count_text(static_cast<double>(state.replicates) / elapsed.seconds), state.unit);
  if (share > 0.01) line += fmt::format("  {} left", duration_text(elapsed.look_seconds * (1 - share) / share));
  int const room = width - 1 - display_width(line) - 2;
  if (room >= 10) line += "  " + clipped(printable(state.scenario), room);
  return clipped(line, width - 1);
}

ProgressBar::ProgressBar(bool wanted) : active_(wanted), wanted_(wanted), terminal_(standard_error()) {
  active_ = active_ && terminal_.redraws;
}

void ProgressBar::show(ProgressState const& state) {
  if (!wanted_) return;
  auto const now = Clock::now();
  if (state.look != look_) {
    look_ = state.look;
    look_start_ = last_;
  }
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  auto const seconds = [now](Clock::time_point from) { return std::chrono::duration<double>(now - from).count(); };
  if (!active_) {
    if (seconds(start_) < next_line_) return;
    next_line_ = 2 * seconds(start_);
    std::fputs((progress_line(state, {seconds(start_), seconds(look_start_)}, 100) + "\n").c_str(), stderr);
    return;
  }
  std::string line = progress_line(state, {seconds(start_), seconds(look_start_)}, terminal_.width);
  if (terminal_.colour) line = "\033[36m" + line + "\033[0m";
  std::fputs(("\r\033[K" + line).c_str(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressBar::restart() {
  wipe();
  start_ = look_start_ = last_ = Clock::now();
  look_ = 0;
}

void ProgressBar::wipe() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

}  // namespace fisherlab::cli
