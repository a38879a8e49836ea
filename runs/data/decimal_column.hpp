#pragma once

#include <string_view>

#include "runs/data/reading.hpp"

namespace fisherlab::runs {

/// Whether a text whose only separators are commas is one column of numbers with decimal commas, as
///   x
///   1,5
///   2
/// and not two columns: below a header of one cell, or with lines that have no comma.
/// @throws InputError where it may be either, unless `reading` says so.
bool is_decimal_column(std::string_view text, std::string_view name, Reading const& reading);

}  // namespace fisherlab::runs
