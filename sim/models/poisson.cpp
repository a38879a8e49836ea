#include "sim/models/poisson.hpp"

#include "sim/models/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Poisson>(std::span<double const>);

}  // namespace fisherlab::sim
