#include "sim/models/shifted_exponential.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<ShiftedExponential>(std::span<double const>);

}  // namespace fisherlab::sim
