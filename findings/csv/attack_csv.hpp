#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "findings/attack_row.hpp"

namespace fisherlab {

inline constexpr auto attack_columns = std::to_array<std::string_view>(
    {"data", "model", "n", "p", "l2", "images", "box", "direction", "flipped", "trials", "lower", "upper"});

/// The bytes of `attack.csv`, one row a number of images, size of the box and direction.
std::string attack_csv(std::span<AttackRow const> rows);

}  // namespace fisherlab
