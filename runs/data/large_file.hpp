#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runs/data/observations.hpp"
#include "runs/data/plain_file.hpp"

namespace fisherlab::runs {

/// Observations of a large file, read as it streams by: 8 bytes an observation, whatever other columns there are. The
/// first line must be a header of which one separator at most tells the cells, every other line has as many cells, no
/// quoted cell goes over a line end, and observations, counts and events are numbers with a decimal point (or events
/// TRUE and FALSE; lower and upper ends may be none), or missing where these are skipped. Nothing for any other file,
/// standard input and gzip; read_observations() then reads it as a whole, with its messages. Where there is something,
/// it is what that gives.
/// @param least  bytes from which on a file is large
std::optional<Observations> read_large_file(std::string const& path, ObservationColumns const& columns,
                                            Reading const& reading, std::int64_t least = least_large_file);

}  // namespace fisherlab::runs
