#include "sim/models/ar1.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Ar1>(std::span<double const>);

}  // namespace fisherlab::sim
