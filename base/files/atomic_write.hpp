#pragma once

#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace fisherlab {

/// A file could not be written, told in one sentence with the system's reason.
class WriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes `bytes` to `path` so that a reader sees the old file or the whole new one, never a part: a temporary file in
/// the same folder, fsync, rename, fsync of the folder. On failure the old file is untouched and no temporary one is
/// left. The folder must exist; a symbolic link at `path` is replaced by the file.
/// @throws WriteError when the folder is missing or not writable, or the disk is full.
void write_atomically(std::filesystem::path const& path, std::string_view bytes);

}  // namespace fisherlab
