#include "sim/models/bernoulli.hpp"

#include "sim/models/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Bernoulli>(std::span<double const>);

}  // namespace fisherlab::sim
