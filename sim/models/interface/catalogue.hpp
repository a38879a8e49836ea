#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::sim {

/// The cards of all shipped models, in the order of the catalogue.
FISHERLAB_API std::vector<ModelCard> model_cards();

/// The card of one model, or nothing when no model has that name.
FISHERLAB_API std::optional<ModelCard> find_model_card(std::string_view name);

/// The model of that name with its known constants, in the card's order.
/// @throws InputError when no model has that name or a constant is outside its domain.
FISHERLAB_API AnyModel make_model(std::string_view name, std::span<double const> constants);

}  // namespace fisherlab::sim
