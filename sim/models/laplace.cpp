#include "sim/models/laplace.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Laplace>(std::span<double const>);

}  // namespace fisherlab::sim
