#include "sim/models/normal_mean.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<NormalMean>(std::span<double const>);

}  // namespace fisherlab::sim
