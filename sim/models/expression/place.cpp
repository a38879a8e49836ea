#include "sim/models/expression/place.hpp"

#include <cmath>

#include "sim/math/elementary.hpp"

namespace fisherlab::sim {
namespace {

/// Highest of eight points.
struct Highest {
  double at = 0;
  double value = -HUGE_VAL;

  void look(Lanes const& y, Lanes const& values) {
    for (int lane = 0; lane < lane_count; ++lane)
      if (values[lane] > value) {
        value = values[lane];
        at = y[lane];
      }
  }
};

/// Points from - to + 1e13 on the line, crowded about 0; else of logs and logits.
double grid_point(bool is_line, int k) {
  if (!is_line) return static_cast<double>(k);
  double const t = k / 8.0;
  return 0.5 * (exp(t) - exp(-t));
}

/// How far in one direction the density falls by e^(-1/2): the first power of two at which it has.
double reach(ObservationScale const& scale, LogDensity const& log_density, Highest const& top, double direction) {
  for (int first = -60; first < 60; first += lane_count) {
    Lanes y;
    for (int lane = 0; lane < lane_count; ++lane) y.set(lane, top.at + direction * std::ldexp(1.0, first + lane));
    Lanes const value = log_density_on(scale, log_density, y);
    for (int lane = 0; lane < lane_count; ++lane)
      if (!(value[lane] > top.value - 0.5)) return std::ldexp(1.0, first + lane);
  }
  return 1;
}

}  // namespace

Lanes log_density_on(ObservationScale const& scale, LogDensity const& log_density, Lanes const& y) {
  Lanes const value = log_density(scale.observation(y)) + scale.log_slope(y);
  return select(value < Lanes(HUGE_VAL), value, Lanes(-HUGE_VAL));
}

DensityPlace place_of(ObservationScale const& scale, LogDensity const& log_density) {
  if (scale.is_circle()) return {0, 1, true};
  constexpr int reach_of_grid = 248;  // in steps of 1/8 of sinh, or of logs
  Highest top;
  int best = 0;
  for (int first = -reach_of_grid; first < reach_of_grid; first += lane_count) {
    Lanes y;
    for (int lane = 0; lane < lane_count; ++lane) y.set(lane, grid_point(scale.is_line(), first + lane));
    auto const before = top.value;
    top.look(y, log_density_on(scale, log_density, y));
    if (top.value > before) best = first;
  }
  if (!(top.value > -HUGE_VAL)) return {};
  double from = grid_point(scale.is_line(), best - 1), to = grid_point(scale.is_line(), best + lane_count);
  for (int round = 0; round < 40; ++round) {
    double const step = (to - from) / (lane_count + 1);
    Lanes y;
    for (int lane = 0; lane < lane_count; ++lane) y.set(lane, from + step * (lane + 1));
    top.look(y, log_density_on(scale, log_density, y));
    from = top.at - step;
    to = top.at + step;
  }
  double const width = 0.5 * (reach(scale, log_density, top, -1) + reach(scale, log_density, top, 1));
  return {top.at, width, true};
}

}  // namespace fisherlab::sim
