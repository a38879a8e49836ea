#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fisherlab::runs {

/// The file that a run which can be resumed keeps its state in.
inline constexpr std::string_view checkpoint_file = "checkpoint.bin";

/// The page of a comparison, which may stand in the folder of a run: no manifest names it, and a new run takes it away.
inline constexpr char const* comparison_file = "compare.html";

/// All names that a run of any kind, or `report`, gives a file of the run's folder: tables, pages, the manifest.
std::vector<std::string> const& our_files();

/// Whether `fisherlab report` can make the file again out of the tables.
bool is_remade(std::string_view name);

/// Files that a killed process left half written in the folder: temporary ones that were to get one of our names.
std::vector<std::filesystem::path> torn_files(std::filesystem::path const& folder);

}  // namespace fisherlab::runs
