#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "findings/finding.hpp"
#include "findings/manifest.hpp"

namespace fisherlab::reports {

/// Version of the tables in a history file, kept in its PRAGMA user_version; older files are brought up to it when a
/// run is added.
inline constexpr int history_schema_version = 2;

/// "3.40.1", of the library that is loaded.
std::string sqlite_version();

/// One run as a history keeps it. Of the manifest the compiler, the libraries and the study's text are not kept.
struct HistoryRun {
  std::string study;              ///< name of the study
  Manifest manifest;              ///< without what is not kept
  std::vector<Finding> findings;  ///< as findings.csv has them
  std::size_t earlier = 0;        ///< runs of the study that were added before it
};

/// What is added to a history.
struct HistoryEntry {
  std::string const& study;           ///< name of the study
  Manifest const& manifest;           ///< of the run
  std::span<Finding const> findings;  ///< of the run
  /// The run was resumed, and may have been added before it was killed: it is not added twice.
  bool may_be_there = false;
};

/// Looks whether a run can be added to a history file, without a change to what it holds (the journal of a run that was
/// killed while it added is rolled back): it is a history that this version knows,
/// or it does not exist and its folder can be written to.
/// @throws InputError otherwise, or where another program locks it for longer than five seconds.
void check_history(std::filesystem::path const& path);

/// Adds a run in one transaction; makes the file if there is none and brings an older one up to date. A second writer
/// waits, for a minute at most. A number that is not finite is kept as text, so it comes back as it was.
/// @throws InputError as check_history; WriteError when the file cannot be written or stays locked.
void add_to_history(std::filesystem::path const& path, HistoryEntry const& entry);

/// Runs in the order in which they were added: all, or the latest of each study.
/// @throws InputError when there is no such file, or it is no history, damaged, or of a newer version.
std::vector<HistoryRun> read_history(std::filesystem::path const& path,
                                     std::size_t latest = std::numeric_limits<std::size_t>::max());

}  // namespace fisherlab::reports
