#pragma once

#include <filesystem>

#include "findings/run_tables.hpp"

namespace fisherlab::runs {

/// Reads manifest.json (required) and those tables for reports that it counts. A file that it does not count was left
/// in the folder by another run, and is not read.
/// @throws InputError naming the file, and the line where it has one: a folder without a manifest, a file that is cut
///   short, has other columns than it should, or a cell that is no number or no known word.
RecordedRun read_run(std::filesystem::path const& folder);

}  // namespace fisherlab::runs
