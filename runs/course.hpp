#pragma once

#include <algorithm>
#include <cstdint>

#include "runs/run.hpp"

namespace fisherlab::runs {

/// How far a run has come, and what it is told from outside.
struct Course {
  RunSettings const& settings;
  RunHooks const& hooks;
  std::int64_t observations = 0;  ///< drawn in all looks
  std::int64_t replicates = 0;    ///< the same in replicates
  double experiment_seconds = 0;  ///< of which looks take no part
  bool interrupted = false;

  double elapsed() const { return hooks.elapsed_seconds ? hooks.elapsed_seconds() : 0; }
  void tell(Progress const& progress) const {
    if (hooks.progress) hooks.progress(progress);
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
