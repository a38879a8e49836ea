#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "findings/run_tables.hpp"

namespace fisherlab::runs {

/// The folder that a run writes its reports to. It is checked at once and created with the first file, so bad input
/// leaves nothing behind.
class RunFolder {
 public:
  /// @throws InputError when the path is a file, or neither it nor the folder it would be made in can be written to.
  explicit RunFolder(std::filesystem::path path);

  /// Writes one report, whole or not at all. @throws WriteError when that fails.
  void write(std::string const& name, std::string_view bytes);

  /// Writes the tables that a run of this kind always has, and those that have rows, in the order of their list.
  void write_tables(RunTables const& tables, RunKind kind);

  /// Writes `manifest.json` with the rows of the tables written so far.
  void write_manifest(Manifest manifest);

  /// Where it is, as given.
  std::filesystem::path const& path() const { return path_; }
  /// The names written so far, in order.
  std::vector<std::string> const& names() const { return names_; }
  /// "Reports in reports-out/: findings.csv, manifest.json".
  std::string sentence() const;

 private:
  std::filesystem::path path_;
  std::vector<std::string> names_;
  std::map<std::string, std::int64_t> rows_;
};

}  // namespace fisherlab::runs
