#pragma once

#include <vector>

namespace fisherlab::sim {

/// A property of the law of one observation: a function g of theta. `at` is the probability of a quantile or the
/// threshold c of a tail P(X > c); the others do not use it.
struct Quantity {
  enum class Kind { mean, variance, median, quantile, tail };
  Kind kind = Kind::mean;
  double at = 0;
};

/// A function of theta at one point, with its gradient (p numbers).
struct Functional {
  double value = 0;
  std::vector<double> gradient;
};

}  // namespace fisherlab::sim
