#pragma once

#include <memory>
#include <vector>

#include "estimators/censored/censored_fit.hpp"

namespace fisherlab::runs {

/// Gives lives up as those of an interval-censored sample were: of the intervals of the sample that hold a life, one is
/// drawn with weight 1/P(interval) under the fit. Where intervals say nothing of the life but that it lies in them, an
/// interval is seen with density g(l, u) P(l < X <= u), so these weights estimate g, and the intervals of simulated
/// samples come as often as those of the sample do. On a grid of inspections each life gets its own cell. A share of the
/// lives, as large as in the sample, is seen exactly, and so is a life that no interval holds; where no life of the
/// sample was seen exactly, such a one lies between the ends of the sample next to it. O(n) a life.
/// Derived from P(interval | X = x) = g(interval), x in it; the weights are those of Horvitz and Thompson (1952), JASA 47.
class IntervalCensoring {
 public:
  IntervalCensoring(estimators::LifeLaw const& law, std::vector<double> const& theta,
                    estimators::CensoredSample const& sample);

  /// Puts life `x` into place i of a sample with uppers; u and v are uniform on (0, 1).
  void give_up(double x, double u, double v, estimators::CensoredSample& sample, std::size_t i) const;

 private:
  struct Interval {
    double lower, upper, weight;
  };
  std::vector<Interval> intervals_;  ///< by lower end, each once
  std::vector<double> ends_;         ///< finite ones, in order
  double exact_share_ = 0;
};

}  // namespace fisherlab::runs
