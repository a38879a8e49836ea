#include "sim/models/half_line_normal.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

template AnyModel make<HalfLineNormal>(std::span<double const>);

}  // namespace fisherlab::sim
