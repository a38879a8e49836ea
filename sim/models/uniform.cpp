#include "sim/models/uniform.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Uniform>(std::span<double const>);

}  // namespace fisherlab::sim
