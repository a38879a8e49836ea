#pragma once

#include <cmath>
#include <cstddef>

#include "sim/math/cholesky.hpp"
#include "sim/models/interface/model.hpp"

namespace fisherlab::sim {

/// Newton's method for a log likelihood that is concave in theta and has a maximum in the lanes of `wanted`.
/// `sums(theta, score, hessian)` gives it, up to a term free of theta, with its derivatives.
///
/// A step is halved until the log likelihood does not fall. A lane is frozen once the Newton decrement, the squared
/// distance to the maximum in standard errors, is below 1e-12, after that last step. Lanes do not see each other.
/// `theta`: start in, maximum out. Gives the lanes in which the maximum was found.
template <std::size_t p, class Sums>
LaneSet concave_newton(Sums const& sums, LaneSet wanted, Theta<Lanes, p>& theta) {
  constexpr int most_evaluations = 200;
  constexpr int order = static_cast<int>(p);
  LaneMask open = to_mask(wanted);
  LaneMask found = to_mask(0);
  auto base = theta;
  Theta<Lanes, p> score, step;
  Symmetric<Lanes, p> factor;
  for (auto& s : step) s = 0.0;
  Lanes best = -HUGE_VAL;
  Lanes fraction = 1.0;
  for (int evaluation = 0; evaluation < most_evaluations && any(open); ++evaluation) {
    Lanes const value = sums(theta, score, factor);
    // Rounding of a sum of n terms must not look like a fall.
    LaneMask const accepted = open & (value >= best - 1e-11 * (1.0 + abs(best)));
    for (auto& entry : factor) entry = -entry;
    LaneMask const regular = factorise(factor.data(), order);
    auto next = score;
    solve_factorised(factor.data(), order, next.data());
    Lanes decrement = 0.0;
    for (std::size_t a = 0; a < p; ++a) {
      decrement += score[a] * next[a];
      base[a] = select(accepted, theta[a], base[a]);
      step[a] = select(accepted, next[a], step[a]);
    }
    best = select(accepted, value, best);
    fraction = select(accepted, Lanes(1.0), 0.5 * fraction);
    open = open & (regular | !accepted) & (fraction > Lanes(1e-9));
    for (std::size_t a = 0; a < p; ++a) theta[a] = select(open, base[a] + fraction * step[a], theta[a]);
    LaneMask const last = open & accepted & (decrement < Lanes(1e-12));
    found = found | last;
    open = open & !last;
  }
  return to_set(found);
}

}  // namespace fisherlab::sim
