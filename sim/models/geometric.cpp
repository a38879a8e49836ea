#include "sim/models/geometric.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

LaneSet Geometric::best_unbiased_tail(double c, Sample const& sample, Lanes& value) const {
  auto const n = static_cast<double>(sample.n());
  Lanes const sum = round_to_integer(n * sample_mean(sample));
  value = 1.0;
  for (double j = 0; j <= c; ++j) {
    LaneMask const left = sum > Lanes(j);
    value = select(left, value * (sum - j) / (sum + (n - 1.0 - j)), Lanes(0.0));
    if (!any(left)) break;
  }
  return all_lanes;
}

template AnyModel make<Geometric>(std::span<double const>);

}  // namespace fisherlab::sim
