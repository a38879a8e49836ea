#pragma once

#include <span>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::sim {

/// The model M with its known constants, in the card's order, behind the batch interface. Each model's own .cpp
/// instantiates it, so that including this header instantiates nothing.
/// @throws InputError when the number of constants is wrong or one of them is outside its domain.
template <class M>
AnyModel make(std::span<double const> constants);

}  // namespace fisherlab::sim
