#pragma once

#include <span>
#include <string>

namespace fisherlab::runs {

/// Refuses numbers whose squares leave the range of a double: the largest above 1e150, or below 1e-150 and not 0.
/// Infinite ones are passed over. `what`: whose numbers they are, as "'lives.csv'".
/// @throws InputError naming the largest.
void check_magnitudes(std::span<double const> values, std::string const& what);

}  // namespace fisherlab::runs
