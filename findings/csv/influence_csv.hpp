#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "findings/influence_row.hpp"

namespace fisherlab {

inline constexpr auto influence_columns = std::to_array<std::string_view>(
    {"data", "model", "n", "p", "l2", "convention", "solver", "split", "test_point", "train_index", "predicted",
     "second_order", "one_step", "actual", "reliability", "iterations", "residual"});

/// The bytes of `influence.csv`, one row a removed training row and test point.
std::string influence_csv(std::span<InfluenceRow const> rows);

}  // namespace fisherlab
