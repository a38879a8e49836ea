#include "cli/run/interrupt.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace fisherlab::cli {
namespace {

/// How a child ends that does something: its exit code, or minus the signal.
template <class Does>
int end_of(Does const& does) {
  pid_t const child = ::fork();
  if (child == 0) {
    does();
    ::_exit(StopSignal::told() ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

TEST(StopSignal, IsToldByEachOfFiveSignals) {
  for (int const signal : {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGXFSZ})
    EXPECT_EQ(end_of([signal] {
                StopSignal const stop;
                std::raise(signal);
              }),
              1)
        << signal;
}

TEST(StopSignal, EndsTheProgramAtTheSecond) {
  for (int const first : {SIGINT, SIGTERM, SIGXCPU})
    for (int const second : {SIGINT, SIGTERM, SIGHUP})
      EXPECT_EQ(end_of([=] {
                  StopSignal const stop;
                  std::raise(first);
                  std::raise(second);
                }),
                -second);
}

TEST(StopSignal, TakesARepeatedLimitForOne) {
  EXPECT_EQ(end_of([] {
              StopSignal const stop;
              for (int k = 0; k < 5; ++k) std::raise(SIGXCPU);
            }),
            1);
}

TEST(StopSignal, LeavesIgnoredWhatTheCallerIgnores) {
  EXPECT_EQ(end_of([] {
              std::signal(SIGHUP, SIG_IGN);
              StopSignal const stop;
              std::raise(SIGHUP);
              std::raise(SIGHUP);
            }),
            0);
}

TEST(StopSignal, GivesTheSignalsBack) {
  EXPECT_EQ(end_of([] {
              { StopSignal const stop; }
              std::raise(SIGTERM);
            }),
            -SIGTERM);
}

}  // namespace
}  // namespace fisherlab::cli
