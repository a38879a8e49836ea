#include "sim/models/expression/place.hpp"

#include <cmath>

#include "sim/math/elementary.hpp"

namespace fisherlab::sim {
namespace {

Lanes hyperbolic_sine(Lanes const& v) { return 0.5 * (exp(v) - exp(-v)); }
Lanes hyperbolic_cosine(Lanes const& v) { return 0.5 * (exp(v) + exp(-v)); }

/// Points from - to + 1e13 on the line, crowded about 0; else of logs and logits.
double grid_point(bool is_line, int k) {
  double const t = k / 4.0;
  return is_line ? 0.5 * (sim::exp(t) - sim::exp(-t)) : 2.0 * k;
}

/// Highest points, one a lane.
struct Highest {
  Lanes at = 0.0;
  Lanes value = -HUGE_VAL;

  LaneMask look(Lanes const& y, Lanes const& here) {
    LaneMask const higher = here > value;
    value = select(higher, here, value);
    at = select(higher, y, at);
    return higher;
  }
};

/// How far in one direction the density falls by e^(-1/2): the first power of two at which it has.
Lanes reach(ObservationScale const& scale, LogDensity const& log_density, Highest const& top, double direction) {
  Lanes result = 1.0;
  LaneMask open = to_mask(all_lanes);
  for (int power = -60; power < 60 && any(open); ++power) {
    double const step = std::ldexp(1.0, power);
    Lanes const here = log_density_on(scale, log_density, top.at + direction * step);
    LaneMask const fallen = open & !(here > top.value - 0.5);
    result = select(fallen, Lanes(step), result);
    open = open & !fallen;
  }
  return result;
}

}  // namespace

Lanes log_density_on(ObservationScale const& scale, LogDensity const& log_density, Lanes const& y) {
  Lanes const value = log_density(scale.observation(y)) + scale.log_slope(y);
  return select(value < Lanes(HUGE_VAL), value, Lanes(-HUGE_VAL));
}

DensityPlace place_of(ObservationScale const& scale, LogDensity const& log_density) {
  if (scale.is_circle()) return {0.0, 1.0, all_lanes};
  constexpr int reach_of_grid = 124;  // 0.5 sinh of a quarter of it, or twice it in logs
  Highest top;
  Lanes from = 0.0, to = 0.0;
  for (int k = -reach_of_grid; k <= reach_of_grid; ++k) {
    double const y = grid_point(scale.is_line(), k);
    LaneMask const higher = top.look(y, log_density_on(scale, log_density, y));
    from = select(higher, Lanes(grid_point(scale.is_line(), k - 1)), from);
    to = select(higher, Lanes(grid_point(scale.is_line(), k + 1)), to);
  }
  for (int round = 0; round < 60; ++round) {  // the middle third or the thirds about the highest point stay
    Lanes const third = (to - from) / 3.0;
    for (Lanes const& y : {from + third, to - third}) top.look(y, log_density_on(scale, log_density, y));
    from = max(from, top.at - third);
    to = min(to, top.at + third);
  }
  Lanes const width = 0.5 * (reach(scale, log_density, top, -1) + reach(scale, log_density, top, 1));
  return {top.at, width, to_set(top.value > Lanes(-HUGE_VAL))};
}

PlacedNodes placed(ObservationScale const& scale, DensityPlace const& place, Lanes const& v) {
  if (scale.is_circle()) return {v, 1.0};
  Lanes const s = hyperbolic_sine(v), c = hyperbolic_cosine(v);
  if (!scale.is_line()) return {place.centre + place.width * s, place.width * c};
  return {place.centre + place.width * hyperbolic_sine(s), place.width * hyperbolic_cosine(s) * c};
}

}  // namespace fisherlab::sim
