#pragma once

#include <filesystem>
#include <vector>

#include "claims/calibration.hpp"

namespace fisherlab::reports {

/// The rows of a folder's `calibration.csv`, without those of `--far`; none when the folder has no such file. Rows
/// whose `model` ends with " control" expect a refutation.
/// @throws InputError naming the file and the line of a row that is not one of that file.
std::vector<claims::CalibrationRow> read_calibration(std::filesystem::path const& folder);

}  // namespace fisherlab::reports
