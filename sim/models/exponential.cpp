#include "sim/models/exponential.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Exponential>(std::span<double const>);

}  // namespace fisherlab::sim
