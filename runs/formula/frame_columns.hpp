#pragma once

#include <vector>

#include "runs/formula/coding.hpp"
#include "runs/formula/frame_table.hpp"

namespace fisherlab::runs {

/// The values of a numeric expression in each row.
/// @throws InputError naming line and expression where a cell is no number or the value is not finite.
std::vector<double> values_of(FrameTable& table, Expression const& expression);

/// The variable with its values and, where it is a factor, its levels, sorted, numbers by value; `like` has those that
/// it may have. `is_last`: nothing looks at its columns again, so that a column of numbers leaves the table.
/// @throws InputError
CodedVariable coded(FrameTable& table, Variable const& variable, CodedVariable const* like, bool is_last = false);

}  // namespace fisherlab::runs
