#pragma once

#include <cstdint>
#include <string>

#include "runs/simulate.hpp"

namespace fisherlab::cli {

/// The file of samples in a run's folder.
inline constexpr char const* samples_file = "samples.csv";

/// How many samples of each size are kept. @throws InputError for a count that is none, is more than there are
/// replicates, or comes to more than 50 million numbers.
std::int64_t parse_kept_samples(std::string const& text, runs::Simulation const& simulation);

/// The first `count` samples of each size, a line an observation: n, replicate (from 0), observation (from 1), and x,
/// or x_1 ... x_d. They are drawn again from their addresses, so they are those that the estimators saw.
std::string samples_csv(runs::Simulation const& simulation, std::int64_t count);

}  // namespace fisherlab::cli
