#include "sim/models/normal.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Normal>(std::span<double const>);

}  // namespace fisherlab::sim
