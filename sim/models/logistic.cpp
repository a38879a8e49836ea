#include "sim/models/logistic.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/order_statistics.hpp"

namespace fisherlab::sim {

Theta<Lanes, 2> Logistic::start(Sample const& sample) const {
  Lanes const mean = sample_mean(sample);
  Lanes const variance = sum_of_squares(sample, mean) / Lanes(static_cast<double>(sample.n()));
  return {mean, sqrt(3.0 * variance) / pi};
}

template AnyModel make<Logistic>(std::span<double const>);

}  // namespace fisherlab::sim
