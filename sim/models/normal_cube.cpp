#include "sim/models/normal_cube.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<NormalCube>(std::span<double const>);

}  // namespace fisherlab::sim
