#pragma once

#include "sim/models/expression/expression_law.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::sim {

/// What `fisherlab show` prints of a law that expressions write down.
ModelCard card_of(ExpressionLaw const& law);

}  // namespace fisherlab::sim
