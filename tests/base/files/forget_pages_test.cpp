#include "base/files/forget_pages.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <vector>

namespace fisherlab {
namespace {

/// Pages of a range that are in memory.
std::size_t resident(char* begin, std::size_t pages, std::size_t page) {
  std::vector<unsigned char> is_resident(pages);
  EXPECT_EQ(mincore(begin, pages * page, is_resident.data()), 0);
  std::size_t count = 0;
  for (auto const each : is_resident) count += each & 1u;
  return count;
}

TEST(ForgetPages, GivesBackWholePagesAndNothingBesides) {
  auto const page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  constexpr std::size_t pages = 8;
  void* const memory = mmap(nullptr, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  auto* const text = static_cast<char*>(memory);
  std::memset(text, 'x', pages * page);
  ASSERT_EQ(resident(text, pages, page), pages);
  // From inside the first page to inside the sixth: four whole pages lie between.
  char const* const kept = forget_pages(text + 1, text + 5 * page + 7);
  EXPECT_EQ(kept, text + 5 * page);
  EXPECT_EQ(resident(text, pages, page), pages - 4);
  EXPECT_EQ(text[page - 1], 'x');
  EXPECT_EQ(text[5 * page], 'x');
  // Less than a page is nothing, and is tried again from where it began.
  EXPECT_EQ(forget_pages(kept, kept + page - 1), kept);
  EXPECT_EQ(text[5 * page + 3], 'x');
  munmap(memory, pages * page);
}

}  // namespace
}  // namespace fisherlab
