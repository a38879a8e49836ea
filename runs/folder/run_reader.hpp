#pragma once

#include <filesystem>

#include "findings/run_tables.hpp"

namespace fisherlab::runs {

/// Reads manifest.json (required), findings.csv, performance.csv, convergence.csv, curves.csv, distributions.csv and
/// intervals.csv of a run's folder; runs of older versions lack the last three.
/// @throws InputError naming the file, and the line where it has one: a folder without a manifest, a file that is cut
///   short, has other columns than it should, or a cell that is no number or no known word.
RecordedRun read_run(std::filesystem::path const& folder);

}  // namespace fisherlab::runs
