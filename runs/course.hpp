#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "runs/run.hpp"

namespace fisherlab::runs {

/// Where a run stands between two blocks, for a state that is saved.
struct Place {
  int look = 0;                 ///< that is taken, from 0
  bool in_experiments = false;  ///< its simulations are done and judged
  bool finished = false;        ///< there is no further look
  std::size_t done = 0;         ///< simulations of the look that are done, or questions whose experiments are
  std::int64_t folded = 0;      ///< replicates of this look in the tallies of the next simulation

  /// Whether the look has begun.
  bool is_inside() const { return in_experiments || done > 0 || folded > 0; }
};

/// How far a run has come, and what it is told from outside.
struct Course {
  RunSettings const& settings;
  RunHooks const& hooks;
  std::int64_t observations = 0;  ///< drawn in all looks
  std::int64_t replicates = 0;    ///< the same in replicates
  double experiment_seconds = 0;  ///< of which looks take no part
  bool interrupted = false;
  Place place = {};
  std::function<std::string()> pack = {};  ///< the state as bytes
  double saved_at = 0;                     ///< when it was saved, by elapsed()

  double elapsed() const { return hooks.elapsed_seconds ? hooks.elapsed_seconds() : 0; }
  void tell(Progress const& progress) const {
    if (hooks.progress) hooks.progress(progress);
  }

  void save() {
    if (!hooks.save || !pack) return;
    hooks.save(pack());
    saved_at = elapsed();
  }
  /// An eighth of the work so far may be lost, but never more than `save_seconds` of it.
  void save_if_due() {
    if (!hooks.save) return;
    double const now = elapsed();
    if (now - saved_at >= std::clamp(now / 8, hooks.save_seconds / 32, hooks.save_seconds)) save();
  }

  /// Whether a look of so many observations would, at the pace so far, end after the deadline. Looks are whole: the
  /// deadline decides only how many there are.
  bool ends_too_late(std::int64_t planned) const {
    double const share = static_cast<double>(planned) / static_cast<double>(std::max<std::int64_t>(observations, 1));
    double const so_far = elapsed();
    return so_far + (so_far - experiment_seconds) * share > settings.deadline_seconds;
  }
};

}  // namespace fisherlab::runs
