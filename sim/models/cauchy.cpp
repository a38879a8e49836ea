#include "sim/models/cauchy.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<Cauchy>(std::span<double const>);

}  // namespace fisherlab::sim
