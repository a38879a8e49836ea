#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "runs/calibration/calibration.hpp"

namespace fisherlab::runs {

/// The rows of a folder's `calibration.csv`, without those of `--far`; none when the folder has no such file. Rows
/// whose `model` ends with " control" expect a refutation.
/// @param written  rows that the run wrote, far ones included, where its manifest knows
/// @throws InputError naming the file and the line of a row that is not one of that file, or that the file ends too
///   early or is missing.
std::vector<CalibrationRow> read_calibration(std::filesystem::path const& folder,
                                             std::optional<std::int64_t> written = {});

}  // namespace fisherlab::runs
