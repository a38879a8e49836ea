#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>

#include "runs/resume/save_clock.hpp"
#include "runs/run.hpp"

namespace fisherlab::runs {

/// Where a run stands between two blocks, for a state that is saved.
struct Place {
  int look = 0;                 ///< that is taken, from 0
  bool in_experiments = false;  ///< its simulations are done and judged
  bool finished = false;        ///< there is no further look
};

/// How far a run has come, and what it is told from outside.
struct Course {
  RunSettings const& settings;
  RunHooks const& hooks;
  std::int64_t observations = 0;  ///< drawn in all looks
  std::int64_t replicates = 0;    ///< the same in replicates
  double experiment_seconds = 0;  ///< of which looks take no part
  bool interrupted = false;
  bool is_late = false;        ///< the deadline ended the work
  bool has_skipped = false;    ///< what would have ended after the deadline was left out
  double picture_seconds = 0;  ///< kept free for the replicates that pictures are drawn from
  bool is_part = false;        ///< others do the rest of the look: nothing is left out before the deadline
  bool is_sealed = false;      ///< the state is saved no more
  Place place = {};
  std::function<std::string()> pack = {};  ///< the state as bytes
  SaveClock clock{hooks.elapsed_seconds, hooks.save_seconds};

  double elapsed() const { return hooks.elapsed_seconds ? hooks.elapsed_seconds() : 0; }
  void tell(Progress const& progress) const {
    if (hooks.progress) hooks.progress(progress);
  }

  double end_of_work() const { return settings.deadline_seconds - settings.closing_seconds - picture_seconds; }
  /// Whether what pictures are drawn from is to end here: the caller still needs about half of the closing time.
  bool has_no_time_for_pictures() const {
    return has_deadline() && elapsed() >= settings.deadline_seconds - settings.closing_seconds / 2;
  }
  bool has_deadline() const { return std::isfinite(settings.deadline_seconds); }
  /// Whether the work is to end here, at a block's end: it was told so, or it is time.
  bool ends_here() {
    if (hooks.stop && hooks.stop()) interrupted = true;
    if (has_deadline() && elapsed() >= end_of_work()) is_late = true;
    return has_ended();
  }
  bool has_ended() const { return interrupted || is_late; }
  std::function<bool()> stop() {
    return [this] { return ends_here(); };
  }

  void save() {
    if (!hooks.save || !pack || is_sealed) return;
    hooks.save(pack());
    clock.saved();
  }
  void save_if_due() {
    if (hooks.save && !is_sealed && clock.is_due()) save();
  }
  /// Saves for the last time: what follows uses the time that is left, and a run that is resumed does it again.
  void seal() {
    save();
    is_sealed = true;
  }

  /// Whether so many observations would, at the pace so far, end after the deadline. Nothing is known of the pace
  /// before the first.
  bool ends_too_late(std::int64_t planned) const {
    if (!has_deadline() || observations == 0 || is_part) return false;
    double const share = static_cast<double>(planned) / static_cast<double>(observations);
    double const so_far = elapsed();
    return so_far + (so_far - experiment_seconds) * share > end_of_work();
  }
};

}  // namespace fisherlab::runs
