#include "sim/models/parts/location_start.hpp"

#include <array>

#include "sim/order_statistics.hpp"

namespace fisherlab::sim {

Theta<Lanes, 2> location_start(Sample const& sample, int which) {
  constexpr std::array<double, 3> quartiles = {0.5, 0.25, 0.75};
  std::array<Lanes, 3> q;
  sample_quantiles(sample, quartiles, q.data());
  Lanes scale = 0.5 * (q[2] - q[1]);
  LaneMask const positive = scale > Lanes(0.0);
  if (!all(positive)) {
    Lanes const mean = sample_mean(sample);
    Lanes const sd = sqrt(sum_of_squares(sample, mean) / Lanes(static_cast<double>(sample.n())));
    scale = select(positive, scale, sd);
  }
  return {q[static_cast<std::size_t>(which)], scale};
}

}  // namespace fisherlab::sim
