#include "sim/engine/available_threads.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "tests/support/sanitized.hpp"

namespace fisherlab::sim {
namespace {

TEST(AvailableThreads, AreAsManyAsAreWantedWhereNothingLimitsThem) {
  EXPECT_EQ(available_threads(0), 0);
  EXPECT_EQ(available_threads(1), 1);
  EXPECT_EQ(available_threads(48), 48);
}

/// In a process of its own, whose memory is limited to a few stacks of threads.
TEST(AvailableThreads, AreFewerWhereMemoryIsLimited) {
  if (is_sanitized) GTEST_SKIP() << "a sanitizer needs an address space of its own";
  pid_t const child = ::fork();
  if (child == 0) {
    rlimit limit{};
    ::getrlimit(RLIMIT_AS, &limit);
    limit.rlim_cur = rlim_t{300} << 20;
    if (::setrlimit(RLIMIT_AS, &limit) != 0) ::_exit(255);
    ::_exit(std::min(available_threads(200), 254));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  ASSERT_NE(WEXITSTATUS(status), 255) << "the limit could not be set";
  EXPECT_LT(WEXITSTATUS(status), 60) << "stacks of eight megabytes";
  EXPECT_GT(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace fisherlab::sim
