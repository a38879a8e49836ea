#include "sim/quadrature/coordinate.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "sim/math/elementary.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {
namespace {

double hyperbolic_sine(double u) { return 0.5 * (exp(u) - exp(-u)); }
double hyperbolic_cosine(double u) { return 0.5 * (exp(u) + exp(-u)); }

/// The observation on the scale on which panels are laid.
double to_scale(Coordinate const& coordinate, double x) {
  switch (coordinate.range) {
    case Range::positive:
      return log(x - coordinate.lower);
    case Range::unit:
      return log(x / (1.0 - x));
    default:
      return x;
  }
}

/// Centre and width from the pilot's quartiles.
void place(Coordinate& coordinate, Sample const& pilot) {
  std::vector<double> y;
  for (std::int64_t i = 0; i < pilot.n(); ++i)
    for (int lane = 0; lane < lane_count; ++lane) {
      double const value = to_scale(coordinate, pilot(i, coordinate.index)[lane]);
      if (abs(value) < HUGE_VAL) y.push_back(value);
    }
  if (y.empty()) return;
  std::sort(y.begin(), y.end());
  coordinate.centre = y[y.size() / 2];
  double const spread = 0.5 * (y[y.size() * 3 / 4] - y[y.size() / 4]);
  if (spread > 0) coordinate.width = spread;
}

}  // namespace

double Coordinate::reach() const { return range == Range::circle ? pi : 7.2; }

CoordinateNode Coordinate::at(double u) const {
  if (range == Range::circle) return {u, 1.0};
  double const v = hyperbolic_sine(u);
  double const slope = width * hyperbolic_cosine(u);
  switch (range) {
    case Range::positive: {
      double const distance = exp(centre + width * v);
      return {lower + distance, distance * slope};
    }
    case Range::unit: {
      double const y = centre + width * v;
      double const x = 1.0 / (1.0 + exp(-y));
      return {x, slope * x / (1.0 + exp(y))};
    }
    default:
      return {centre + width * hyperbolic_sine(v), slope * hyperbolic_cosine(v)};
  }
}

std::vector<Coordinate> coordinates_of(BatchModel const& law, std::span<double const> theta) {
  constexpr StreamKey pilot_key{.seed = 0x9e3779b97f4a7c15, .scenario = 0x7175616472617475, .replicate = 0};
  Sample pilot(512, law.dimension());
  law.draw(theta, pilot_key, pilot);
  auto const& ranges = law.card().ranges;
  auto const& offers = law.offers();
  std::vector<Coordinate> coordinates;
  for (int d = 0; d < law.dimension(); ++d) {
    Coordinate coordinate{.index = d};
    if (!ranges.empty()) coordinate.range = ranges[static_cast<std::size_t>(d)];
    if (coordinate.range == Range::positive && offers.lower_end) coordinate.lower = offers.lower_end(theta, d);
    place(coordinate, pilot);
    if (law.dimension() == 1)
      if (auto const median = offers.properties.value({.kind = Quantity::Kind::median}, theta))
        if (double const centre = to_scale(coordinate, median->value); abs(centre) < HUGE_VAL)
          coordinate.centre = centre;
    coordinates.push_back(coordinate);
  }
  std::stable_partition(coordinates.begin(), coordinates.end(),
                        [](Coordinate const& c) { return c.range == Range::counts; });
  return coordinates;
}

}  // namespace fisherlab::sim
