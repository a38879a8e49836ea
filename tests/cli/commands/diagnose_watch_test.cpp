#include "cli/diagnose/diagnose_watch.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace fisherlab::cli {
namespace {

// Ends are 1,024, 2,048, ... of 65,536; it ends at the first after which twice the time so far is more than `half`.
TEST(ExpectedReplicates, AreThoseThatTheBudgetLetsPass) {
  EXPECT_EQ(expected_replicates(100, 1, 5, 65'536), 1024) << "10.24 s for the least";
  EXPECT_EQ(expected_replicates(1000, 1, 5, 65'536), 4096) << "2 x 2.048 s are less than 5, 2 x 4.096 s more";
  EXPECT_EQ(expected_replicates(1000, 1, 1e6, 65'536), 65'536);
  EXPECT_EQ(expected_replicates(3000, 1, 1, 2000), 2000);
  EXPECT_EQ(expected_replicates(1024, 0, 5, 65'536), 65'536) << "no time at all";
}

/// What the bar is told after each block of 64 that takes .1 s.
std::vector<double> shares(double budget, int blocks) {
  double clock = 7;
  std::vector<double> told;
  Watch const watch{[] { return false; }, [&clock] { return clock; },
                    [&told](ProgressState const& state) { told.push_back(state.share); }, [] {}};
  runs::DiagnosisSettings settings;
  auto const watching = within(watched(settings, "a name", watch, budget), budget, watch);
  for (int k = 0; k < blocks; ++k) {
    clock += 0.1;
    watching.advance(64);
  }
  EXPECT_TRUE(watching.enough(std::int64_t{64} * blocks));
  return told;
}

TEST(WatchedSettings, ShowTheShareOfWhatTheBudgetLetsPass) {
  auto const told = shares(5, 32);  // 2,048 take 3.2 s, more than half of the 2.5 that are for them
  ASSERT_EQ(told.size(), 32u);
  EXPECT_NEAR(told[0], 64.0 / 1024, 1e-12) << "640 replicates/s: 1,024 take 1.6 s, twice which is more than 2.5";
  EXPECT_NEAR(told[15], 1, 1e-12);
}

TEST(WatchedSettings, ShowTheShareOfAllWithoutABudget) {
  Watch const watch{[] { return false; }, [] { return 1.0; },
                    [](ProgressState const& state) { EXPECT_NEAR(state.share, 64.0 / 65'536, 1e-12); }, [] {}};
  watched({}, "a name", watch).advance(64);
}

}  // namespace
}  // namespace fisherlab::cli
