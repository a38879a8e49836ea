#pragma once

#include <cstdint>
#include <string>

namespace fisherlab::runs {

/// How often an interval misses, by importance sampling.
struct MissRate {
  double probability = 0;    ///< of a miss
  double std_error = 0;      ///< of the estimate
  std::int64_t samples = 0;  ///< taken
  double effective = 0;      ///< misses that the weighted ones are worth: (sum w)^2/sum w^2
  double largest_share = 0;  ///< of the sum of weights, in one sample
  std::string open;          ///< the reason, where the interval is not valid under the law itself
  bool is_constant = false;  ///< what is measured did not vary

  /// Whether it does not matter how large it is: a thousand times as much would be a hundredth of what is charged.
  bool is_bounded(double charged) const { return effective >= 2 && bound() <= 0.01 * charged; }
  /// An upper bound then.
  double bound() const { return 1000 * probability; }
  /// Whether enough misses share the weight for its error to be believed.
  bool is_settled() const { return effective >= 10 && largest_share <= 0.3; }
};

}  // namespace fisherlab::runs
