#include "base/files/atomic_write.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace fisherlab {
namespace {

[[noreturn]] void fail(std::filesystem::path const& path, int error) {
  throw WriteError("cannot write '" + path.string() + "' (" + std::generic_category().message(error) +
                   "), make room there or choose another folder");
}

/// An open temporary file that is closed and removed unless it was renamed.
class TemporaryFile {
 public:
  /// The name carries the process and a count, and O_EXCL refuses a name in use. Unlike mkstemp, the umask decides who
  /// may read the file.
  explicit TemporaryFile(std::filesystem::path const& target) : target_(target) {
    static std::atomic<unsigned> count = 0;
    do {
      name_ = target;
      name_.replace_filename("." + target.filename().string() + "." + std::to_string(::getpid()) + "." +
                             std::to_string(count++) + ".tmp");
      descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && errno == EEXIST);
    if (descriptor_ < 0) fail(target_, errno);
  }
  TemporaryFile(TemporaryFile const&) = delete;
  TemporaryFile& operator=(TemporaryFile const&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!renamed_) ::unlink(name_.c_str());
  }

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      ssize_t const written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(target_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  void rename() {
    // Some file systems cannot sync and say EINVAL; the rename is atomic on them all the same.
    if (::fsync(descriptor_) != 0 && errno != EINVAL) fail(target_, errno);
    if (::close(std::exchange(descriptor_, -1)) != 0) fail(target_, errno);
    if (std::rename(name_.c_str(), target_.c_str()) != 0) fail(target_, errno);
    renamed_ = true;
  }

 private:
  std::filesystem::path target_;
  std::filesystem::path name_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

/// Makes the rename outlast a power failure. The file is complete already, so what cannot be synced is no error.
void sync_folder(std::filesystem::path const& folder) {
  int const descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

void write_atomically(std::filesystem::path const& path, std::string_view bytes) {
  if (path.filename().empty()) fail(path, EISDIR);
  TemporaryFile file(path);
  file.write(bytes);
  file.rename();
  sync_folder(path.parent_path());
}

}  // namespace fisherlab
