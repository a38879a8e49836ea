#pragma once

#include <vector>

#include "estimators/censored/censored_fit.hpp"

namespace fisherlab::runs {

/// How observations are given up: the Kaplan-Meier estimate of the law of the times at which a sample was censored,
/// in which an observed end is what censors. Ends come before censorings at the same time. What probability the
/// estimate leaves over, where the largest observation was an end, is that of never being given up.
/// Source: Kaplan and Meier (1958), JASA 53, 457-481.
class CensoringLaw {
 public:
  explicit CensoringLaw(estimators::CensoredSample const& sample);

  /// The time at which u, uniform on (0, 1), is given up; infinite for never.
  double time_of(double u) const;
  /// Its jumps: times in order, and P(C <= time).
  std::vector<double> const& times() const { return times_; }
  std::vector<double> const& cumulative() const { return cumulative_; }

 private:
  std::vector<double> times_;
  std::vector<double> cumulative_;
};

}  // namespace fisherlab::runs
