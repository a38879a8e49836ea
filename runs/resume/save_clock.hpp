#pragma once

#include <algorithm>
#include <functional>
#include <utility>

namespace fisherlab::runs {

/// When a state is saved: an eighth of the work so far may be lost, but never more than so many seconds of it. A state
/// that takes long to save waits longer, up to these seconds: packing, and as much for hashing and writing, are to stay
/// below one per cent of the run.
class SaveClock {
 public:
  /// @param elapsed_seconds  may be empty: then the time never comes
  SaveClock(std::function<double()> elapsed_seconds, double most_seconds)
      : elapsed_(std::move(elapsed_seconds)), most_(most_seconds) {}

  /// Whether a state is to be saved now; the save begins here and ends with saved().
  bool is_due() {
    if (!elapsed_) return false;
    double const now = elapsed_();
    double const wait = std::max(now / 8, 200 * cost_);
    if (now - saved_at_ < std::clamp(wait, most_ / 32, most_)) return false;
    begun_at_ = now;
    return true;
  }
  void saved() {
    if (!elapsed_) return;
    double const now = elapsed_();
    if (begun_at_ > saved_at_) cost_ = now - begun_at_;
    saved_at_ = now;
  }

 private:
  std::function<double()> elapsed_;
  double most_;
  double begun_at_ = 0, saved_at_ = 0;
  double cost_ = 0;  ///< seconds that the last save took
};

}  // namespace fisherlab::runs
