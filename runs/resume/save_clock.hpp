#pragma once

#include <algorithm>
#include <functional>
#include <utility>

namespace fisherlab::runs {

/// When a state is saved: an eighth of the work so far may be lost, but never more than so many seconds of it.
class SaveClock {
 public:
  /// @param elapsed_seconds  may be empty: then the time never comes
  SaveClock(std::function<double()> elapsed_seconds, double most_seconds)
      : elapsed_(std::move(elapsed_seconds)), most_(most_seconds) {}

  bool is_due() const {
    if (!elapsed_) return false;
    double const now = elapsed_();
    return now - saved_at_ >= std::clamp(now / 8, most_ / 32, most_);
  }
  void saved() {
    if (elapsed_) saved_at_ = elapsed_();
  }

 private:
  std::function<double()> elapsed_;
  double most_;
  double saved_at_ = 0;
};

}  // namespace fisherlab::runs
