#include "testing/reference_law.hpp"

#include <cmath>
#include <utility>

namespace fisherlab::laws {

Coordinate continuous(Axis::Kind kind, Quartiles const& quartiles, std::function<double(double)> cdf, std::size_t d) {
  auto [low, centre, high] = quartiles;
  if (kind == Axis::Kind::positive) low = std::log(low), centre = std::log(centre), high = std::log(high);
  return {.axis = {.kind = kind, .centre = centre, .width = 0.5 * (high - low)},
          .cdf = [cdf = std::move(cdf), d](double const* x) { return cdf(x[d]); },
          .below = {}};
}

std::vector<std::vector<double>> grid_of(ReferenceLaw const& law) {
  std::vector<std::vector<double>> grid(1);
  for (auto const& coordinate : law.coordinates) {
    std::vector<std::vector<double>> finer;
    for (auto const& point : grid)
      for (double const x : points_of(coordinate.axis)) {
        finer.push_back(point);
        finer.back().push_back(x);
      }
    grid = std::move(finer);
  }
  return grid;
}

std::vector<double> to_uniform(ReferenceLaw const& law, std::vector<double> const& x, std::mt19937_64& bits) {
  std::vector<double> u;
  for (auto const& coordinate : law.coordinates) {
    u.push_back(coordinate.cdf(x.data()));
    if (!coordinate.below) continue;
    double const share = std::uniform_real_distribution<>()(bits);
    u.back() = std::lerp(coordinate.below(x.data()), u.back(), share);
  }
  return u;
}

}  // namespace fisherlab::laws
