#include "sim/models/exponential.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/exact_laws.hpp"

namespace fisherlab::sim {

ScaledEstimate Exponential::law_of_estimate(Theta<double, 1> const&, std::size_t, std::int64_t n) const {
  return gamma_scaled(static_cast<double>(n), {1, 1});
}

template AnyModel make<Exponential>(std::span<double const>);

}  // namespace fisherlab::sim
