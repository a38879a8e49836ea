#pragma once

#include <filesystem>
#include <optional>

#include "findings/run_tables.hpp"

namespace fisherlab::reports {

/// The latest run of the same study that a history holds from before `manifest`'s run, with its findings alone. Nothing
/// where it holds none. The latest hundred runs are looked at.
/// @throws InputError as read_history
std::optional<RecordedRun> run_before(std::filesystem::path const& history, Manifest const& manifest);

}  // namespace fisherlab::reports
