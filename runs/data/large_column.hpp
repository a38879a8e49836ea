#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runs/data/observations.hpp"

namespace fisherlab::runs {

/// Files of fewer bytes are read as a whole.
inline constexpr std::int64_t least_large_file = 16'000'000;

/// Observations of a large file of one column, a header of one word and a plain number with a decimal point on each
/// line, read as it streams by: 8 bytes a row. Nothing for any other file, and where `columns` or `reading` ask for
/// more than that column; read_observations() then reads it as a whole, with its notes and messages.
/// @param least  bytes from which on a file is large
std::optional<Observations> read_large_column(std::string const& path, ObservationColumns const& columns,
                                              Reading const& reading, std::int64_t least = least_large_file);

}  // namespace fisherlab::runs
