#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "findings/run_tables.hpp"

namespace fisherlab::runs {

/// Reads manifest.json (required) and those tables for reports that it counts. Every file of the run is held against
/// the size and the SHA-256 that the manifest has of it; a run of an older version, whose manifest has none, is held
/// against the number of rows, and files that it does not count are not read.
/// @param remade  files of the run that are not looked at, since they are about to be written anew
/// @throws InputError naming the file, and the line where it has one: a folder without a manifest, a run that is still
///   written or was killed, a file that is missing, that was changed, that the run did not write, that has other
///   columns than it should, or a cell that is no number or no known word.
RecordedRun read_run(std::filesystem::path const& folder, std::vector<std::string> const& remade = {});

}  // namespace fisherlab::runs
