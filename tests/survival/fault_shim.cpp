// Loaded before the C library (LD_PRELOAD), it lets a program meet faults of the disk and of the clock:
//   FAULT_FOLDER  only files below it count
//   FAULT_CALLS   of what is counted: any of write,rename,sync,open,remove; all unless set
//   FAULT_AT      the number of the call, from 1, that meets the fault
//   FAULT_LASTS   set: all later calls meet it too
//   FAULT_DO      kill, or the number of an error, as 5 (EIO) or 28 (ENOSPC)
//   FAULT_COUNT   a file that the number of calls is written to when the program ends
//   FAULT_CLOCK   seconds by which the time of day jumps ahead at every second look at it
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace {

std::atomic<long> calls = 0, looks = 0;

template <class Function>
Function next(char const* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

long number(char const* name) {
  char const* const text = std::getenv(name);
  return text == nullptr ? 0 : std::strtol(text, nullptr, 10);
}

bool is_counted(char const* kind, char const* path) {
  char const* const folder = std::getenv("FAULT_FOLDER");
  char const* const kinds = std::getenv("FAULT_CALLS");
  if (folder == nullptr || path == nullptr || std::strncmp(path, folder, std::strlen(folder)) != 0) return false;
  return kinds == nullptr || std::strstr(kinds, kind) != nullptr;
}

/// Whether this call is to fail; errno is then set. It may end the program.
bool meets_fault(char const* kind, char const* path) {
  if (!is_counted(kind, path)) return false;
  long const at = number("FAULT_AT"), call = ++calls;
  if (at == 0 || call < at || (call > at && std::getenv("FAULT_LASTS") == nullptr)) return false;
  char const* const what = std::getenv("FAULT_DO");
  if (what != nullptr && std::strcmp(what, "kill") == 0) ::kill(::getpid(), SIGKILL);
  errno = static_cast<int>(number("FAULT_DO"));
  return true;
}

bool meets_fault(char const* kind, int descriptor) {
  char link[64], path[PATH_MAX];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t const size = ::readlink(link, path, sizeof path - 1);
  if (size < 0) return false;
  path[size] = '\0';
  return meets_fault(kind, path);
}

struct AtEnd {
  ~AtEnd() {
    char const* const file = std::getenv("FAULT_COUNT");
    if (file == nullptr) return;
    if (std::FILE* const out = std::fopen(file, "w")) {
      std::fprintf(out, "%ld\n", calls.load());
      std::fclose(out);
    }
  }
} at_end;

}  // namespace

extern "C" {

ssize_t write(int descriptor, void const* bytes, size_t size) {
  if (meets_fault("write", descriptor)) return -1;
  return next<ssize_t (*)(int, void const*, size_t)>("write")(descriptor, bytes, size);
}
ssize_t pwrite64(int descriptor, void const* bytes, size_t size, off64_t at) {
  if (meets_fault("write", descriptor)) return -1;
  return next<ssize_t (*)(int, void const*, size_t, off64_t)>("pwrite64")(descriptor, bytes, size, at);
}
int rename(char const* from, char const* to) noexcept {
  if (meets_fault("rename", to)) return -1;
  return next<int (*)(char const*, char const*)>("rename")(from, to);
}
int fsync(int descriptor) {
  if (meets_fault("sync", descriptor)) return -1;
  return next<int (*)(int)>("fsync")(descriptor);
}
int fdatasync(int descriptor) {
  if (meets_fault("sync", descriptor)) return -1;
  return next<int (*)(int)>("fdatasync")(descriptor);
}
int unlink(char const* path) noexcept {
  if (meets_fault("remove", path)) return -1;
  return next<int (*)(char const*)>("unlink")(path);
}
int remove(char const* path) noexcept {
  if (meets_fault("remove", path)) return -1;
  return next<int (*)(char const*)>("remove")(path);
}
int open64(char const* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  mode_t const mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  if ((flags & O_CREAT) != 0 && meets_fault("open", path)) return -1;
  return next<int (*)(char const*, int, mode_t)>("open64")(path, flags, mode);
}
int open(char const* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  mode_t const mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  if ((flags & O_CREAT) != 0 && meets_fault("open", path)) return -1;
  return next<int (*)(char const*, int, mode_t)>("open")(path, flags, mode);
}
int clock_gettime(clockid_t clock, timespec* time) noexcept {
  int const result = next<int (*)(clockid_t, timespec*)>("clock_gettime")(clock, time);
  if (long const jump = number("FAULT_CLOCK"); jump != 0 && clock == CLOCK_REALTIME && ++looks % 2 == 0)
    time->tv_sec += jump;
  return result;
}

}  // extern "C"
