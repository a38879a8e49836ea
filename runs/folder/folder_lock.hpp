#pragma once

#include <filesystem>

namespace fisherlab::runs {

/// The right to write in a folder, held by one process at a time: an advisory lock on the file `.fisherlab.lock` in it,
/// which the system gives back however the process ends. The file is removed with the lock. Where the file system knows
/// no locks, nobody is kept out.
class FolderLock {
 public:
  /// @throws InputError when another process holds it, naming that; WriteError when the file cannot be made.
  explicit FolderLock(std::filesystem::path const& folder);
  FolderLock(FolderLock const&) = delete;
  FolderLock& operator=(FolderLock const&) = delete;
  ~FolderLock();

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

/// Whether another process writes in the folder.
bool is_locked(std::filesystem::path const& folder);

}  // namespace fisherlab::runs
