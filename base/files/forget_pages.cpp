#include "base/files/forget_pages.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace fisherlab {

char const* forget_pages(char const* begin, char const* end) {
  auto const page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  auto const first = (reinterpret_cast<std::uintptr_t>(begin) + page - 1) / page * page;
  auto const last = reinterpret_cast<std::uintptr_t>(end) / page * page;
  if (last <= first) return begin;
  // What cannot be given back stays: it costs memory alone.
  madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
  return reinterpret_cast<char const*>(last);
}

}  // namespace fisherlab
