#include "runs/folder/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

fs::path lock_in(fs::path const& folder) { return folder / ".fisherlab.lock"; }

/// "process 123 on there", as the holder wrote it.
std::string holder_in(int descriptor) {
  std::array<char, 200> text{};
  auto const size = ::pread(descriptor, text.data(), text.size() - 1, 0);
  return size > 0 ? clipped(printable(text.data()), 80) : std::string("another process");
}

void sign(int descriptor) {
  std::array<char, 65> host{};
  ::gethostname(host.data(), host.size() - 1);
  auto const text = fmt::format("process {} on {}", ::getpid(), host.data());
  // Only for people: a name that cannot be written keeps nobody from the lock.
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, text.data(), text.size(), 0) < 0) return;
}

/// A holder that ends removes the file, so what was locked may be a file that no longer has the name.
bool is_still_named(int descriptor, fs::path const& path) {
  struct stat open {
  }, named{};
  return ::fstat(descriptor, &open) == 0 && ::stat(path.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
         open.st_dev == named.st_dev;
}

}  // namespace

FolderLock::FolderLock(fs::path const& folder) : path_(lock_in(folder)) {
  do {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (int const error = errno; descriptor_ < 0)
      throw WriteError(fmt::format("the folder '{}' cannot be written to ({}), choose another --out",
                                   printable(folder.string()), std::generic_category().message(error)));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) continue;
    if (errno != EWOULDBLOCK) break;
    auto const holder = holder_in(descriptor_);
    ::close(descriptor_);
    throw InputError(fmt::format("the folder '{}' is being written by {}, wait for its end or choose another --out",
                                 printable(folder.string()), holder));
  } while (!is_still_named(descriptor_, path_));
  sign(descriptor_);
}

FolderLock::~FolderLock() {
  ::unlink(path_.c_str());
  ::close(descriptor_);
}

bool is_locked(fs::path const& folder) {
  int const descriptor = ::open(lock_in(folder).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return false;
  bool const is_held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  return is_held;
}

}  // namespace fisherlab::runs
