#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "findings/run_tables.hpp"

namespace fisherlab::runs {

class FolderLock;

/// The folder that a run writes its reports to; one folder holds one run. It is checked at once and created when it is
/// taken over, or with the first file; bad input leaves nothing behind.
class RunFolder {
 public:
  /// @throws InputError when the path is a file, or neither it nor the folder it would be made in can be written to.
  explicit RunFolder(std::filesystem::path path);
  /// Takes over the folder and its lock.
  RunFolder(RunFolder&&) noexcept;
  /// Takes back a folder that it made, where an exception ends the run before its first file.
  ~RunFolder();

  /// Keeps other writers out until the end, and tries that the folder can be written to.
  /// @throws InputError while another process writes in it, or when nothing can be written.
  void lock();

  /// Whether a run of this kind and study may take the place of what the folder holds. Nothing is changed yet.
  /// @param force  it may whatever stands there
  /// @throws InputError when the folder holds a run of another kind or study, or under our names files of no run.
  void expect_replaceable(Manifest const& next, bool force) const;

  /// Removes what an earlier run left under our names, temporary files too, and writes the manifest of a run that is
  /// on its way. @param kept  files that stay. @throws WriteError when that fails.
  void begin(Manifest running, std::vector<std::string> const& kept = {});

  /// Writes one report, whole or not at all. @throws WriteError when that fails.
  void write(std::string const& name, std::string_view bytes);

  /// Writes the tables that a run of this kind always has, and those that have rows, in the order of their list.
  void write_tables(RunTables const& tables, RunKind kind);

  /// Writes `manifest.json` with the rows of the tables, and size and SHA-256 of the files, written so far.
  void write_manifest(Manifest manifest);

  /// Writes the manifest of the run that the folder holds anew, with the files written by this object too.
  void add_to_manifest(Manifest manifest);

  /// Where it is, as given.
  std::filesystem::path const& path() const { return path_; }
  /// The names written so far, in order.
  std::vector<std::string> const& names() const { return names_; }
  /// "Reports in reports-out/: findings.csv, manifest.json", or without the files.
  std::string sentence(bool with_files = true) const;

 private:
  void make();
  bool is_refused() const;

  std::filesystem::path path_;
  std::unique_ptr<FolderLock> lock_;
  std::vector<std::filesystem::path> made_;  ///< folders that did not exist, innermost first
  bool is_begun_ = false;                    ///< its manifest says that the run is on its way
  std::vector<std::string> names_;
  std::map<std::string, std::int64_t> rows_;
  std::map<std::string, std::int64_t> bytes_;
  std::map<std::string, std::string> sha256_;
};

}  // namespace fisherlab::runs
