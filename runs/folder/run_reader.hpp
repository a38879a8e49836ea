#pragma once

#include <filesystem>

#include "findings/run_tables.hpp"

namespace fisherlab::runs {

/// Reads manifest.json (required) and the tables of a run's folder that are for reports. A table that the manifest
/// does not count may be missing: not every kind of run writes it, nor did every version.
/// @throws InputError naming the file, and the line where it has one: a folder without a manifest, a file that is cut
///   short, has other columns than it should, or a cell that is no number or no known word.
RecordedRun read_run(std::filesystem::path const& folder);

}  // namespace fisherlab::runs
