#pragma once

#include "estimators/influence/problems/risk.hpp"

namespace fisherlab::estimators::influence::detail {

/// Where a search stands.
struct Point {
  Vector theta;
  double risk = 0;
  Vector gradient;
  double norm = 0;  ///< of the gradient
};

Point point_at(Risk const& risk, Vector theta);

/// At most `steps` steps of L-BFGS with ten pairs from `start`, to gradient norm `gradient_norm`; counts them into
/// `taken`. The line search bisects for the weak Wolfe conditions.
/// Source: Nocedal and Wright (2006), Numerical Optimization, algorithms 7.4 and 7.5; Lewis and Overton (2013),
/// Nonsmooth optimization via quasi-Newton methods, algorithm 2.6 (line search).
Point lbfgs(Risk const& risk, Point start, int steps, double gradient_norm, int& taken);

}  // namespace fisherlab::estimators::influence::detail
