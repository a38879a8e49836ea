#include "base/files/forget_pages.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace fisherlab {

char const* forget_pages(char const* begin, char const* end) {
  auto const page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  auto const beyond_its_page = [page](char const* place) { return reinterpret_cast<std::uintptr_t>(place) % page; };
  char const* const first = begin + (page - beyond_its_page(begin)) % page;
  char const* const last = end - beyond_its_page(end);
  if (last <= first) return begin;
  // What cannot be given back stays: it costs memory alone.
  madvise(const_cast<char*>(first), static_cast<std::size_t>(last - first), MADV_DONTNEED);
  return last;
}

}  // namespace fisherlab
