#include "sim/models/cauchy.hpp"

#include <array>

#include "sim/models/instantiate.hpp"
#include "sim/order_statistics.hpp"

namespace fisherlab::sim {

Theta<Lanes, 2> Cauchy::start(Sample const& sample) const {
  std::array<double, 3> const quartiles = {0.25, 0.5, 0.75};
  std::array<Lanes, 3> q;
  sample_quantiles(sample, quartiles, q.data());
  return {q[1], 0.5 * (q[2] - q[0])};
}

template AnyModel make<Cauchy>(std::span<double const>);

}  // namespace fisherlab::sim
