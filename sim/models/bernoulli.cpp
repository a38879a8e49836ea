#include "sim/models/bernoulli.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Bernoulli>(std::span<double const>);

}  // namespace fisherlab::sim
