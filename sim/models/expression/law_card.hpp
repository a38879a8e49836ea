#pragma once

#include <span>
#include <string>

#include "sim/models/expression/expression_law.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::sim {

/// What `fisherlab show` prints of a law that expressions write down.
ModelCard card_of(ExpressionLaw const& law);

/// "shape = 2, rate = 1", for messages.
std::string place_text(ModelCard const& card, std::span<double const> theta);

}  // namespace fisherlab::sim
