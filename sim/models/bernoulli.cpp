#include "sim/models/bernoulli.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/exact_laws.hpp"

namespace fisherlab::sim {

CountedEstimate Bernoulli::law_of_estimate(Theta<double, 1> const& t, std::size_t, std::int64_t n) const {
  return share_of_successes({static_cast<double>(n), t[0]});
}

template AnyModel make<Bernoulli>(std::span<double const>);

}  // namespace fisherlab::sim
