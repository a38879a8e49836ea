#include "runs/resume/save_clock.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace fisherlab::test {
namespace {

/// Seconds between the saves of a run of ten minutes whose every save takes so long, looked at once a hundredth of a
/// second.
std::vector<double> waits(double cost, double most) {
  double now = 0;
  runs::SaveClock clock([&now] { return now; }, most);
  std::vector<double> result;
  double last = 0;
  for (; now < 600; now += 0.01) {
    if (!clock.is_due()) continue;
    result.push_back(now - last);
    now += cost;
    clock.saved();
    last = now;
  }
  return result;
}

TEST(SaveClock, SavesAnEighthOfTheWorkAndNeverLessThanItMust) {
  auto const cheap = waits(0, 8);
  EXPECT_NEAR(cheap.front(), 0.25, 0.011);
  EXPECT_NEAR(cheap.back(), 8, 0.011);
  for (double const wait : cheap) EXPECT_LE(wait, 8.011);
}

TEST(SaveClock, LetsAStateThatIsSlowToSaveWaitLonger) {
  auto const slow = waits(0.02, 8);  // half a per cent of four seconds
  EXPECT_NEAR(slow.front(), 0.25, 0.011);
  EXPECT_NEAR(slow[1], 4, 0.011);
  EXPECT_NEAR(slow.back(), 8, 0.011);
  for (double const wait : waits(0.5, 8)) EXPECT_LE(wait, 8.011);  // the promise comes before the cost
}

TEST(SaveClock, NeverSavesWithoutTime) {
  runs::SaveClock clock({}, 8);
  EXPECT_FALSE(clock.is_due());
  clock.saved();
  EXPECT_FALSE(clock.is_due());
}

}  // namespace
}  // namespace fisherlab::test
