#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

/// Beside the installed program, else in the source tree.
fs::path studies_folder() {
  std::error_code error;
  auto const program = fs::read_symlink("/proc/self/exe", error);
  auto const installed = program.parent_path() / FISHERLAB_INSTALL_STUDIES;
  return !error && fs::is_directory(installed, error) ? installed : fs::path(FISHERLAB_STUDIES_DIR);
}

}  // namespace

std::vector<std::string> shipped_studies() {
  std::vector<std::string> names;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator(studies_folder(), error))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string shipped_text(std::string const& name) { return read_bytes(studies_folder() / (name + ".toml")); }

Study load_study(std::string const& name_or_path, claims::Catalogue const& catalogue, std::string const& added) {
  auto const names = shipped_studies();
  bool const is_shipped = std::find(names.begin(), names.end(), name_or_path) != names.end();
  std::error_code error;
  bool const is_path = name_or_path.ends_with(".toml") || name_or_path.find('/') != std::string::npos ||
                       fs::is_regular_file(name_or_path, error);
  if (is_path && !is_shipped)
    return parse_study(read_bytes(name_or_path) + added, printable(name_or_path),
                       fs::path(name_or_path).parent_path().string(), catalogue);
  expects(is_shipped, fmt::format("there is no study '{}', {}", clipped(printable(name_or_path), 40),
                                  suggestion(name_or_path, names)));
  return parse_study(shipped_text(name_or_path) + added, name_or_path, studies_folder().string(), catalogue);
}

}  // namespace fisherlab::runs
