#include "sim/tallies/indicators.hpp"

#include <cstddef>

namespace fisherlab::sim {

void indicate_held(Lanes const& lower, Lanes const& upper, std::span<double const> points, Lanes* out) {
  for (std::size_t j = 0; j < points.size(); ++j) {
    Lanes const point = points[j];
    out[j] = select((lower <= point) & (point <= upper), Lanes(1.0), Lanes(0.0));
  }
}

}  // namespace fisherlab::sim
