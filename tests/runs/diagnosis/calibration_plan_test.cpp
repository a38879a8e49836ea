#include "runs/diagnosis/intervals/calibration_plan.hpp"

#include <gtest/gtest.h>

#include "runs/diagnosis/intervals/calibration.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

/// A source whose samples take a hundredth of a second of a clock that stands still else.
struct Paced {
  double now = 0;
  RatioSource source =
      source_of(test::law("exponential", {0.4}), components(*test::law("exponential", {0.4}).model), 4, 0.95);

  CalibrationPlan plan(double budget) {
    auto const draw = source.draw;
    auto paced = source;
    paced.draw = [this, draw](auto const& theta, auto const& key, unsigned wanted) {
      now += 0.08;
      return draw(theta, key, wanted);
    };
    DiagnosisSettings settings;
    settings.threads = 1;
    settings.replicates = 65'536;
    if (budget > 0) settings.seconds_left = [this, end = now + budget] { return end - now; };
    return plan_calibration(paced, 2, settings);
  }
};

// Of one target at two further theta: 8,192 + replicates x 1.5 x 46 samples, .01 s each: 258 s for 256 of them.
TEST(CalibrationPlan, SpendsHalfOfTheTimeThatIsLeft) {
  Paced paced;
  EXPECT_EQ(paced.plan(1e9).replicates, 2048);
  EXPECT_EQ(paced.plan(2 * 440).replicates, 512);
  EXPECT_EQ(paced.plan(2 * 260).replicates, 256);
  auto const none = paced.plan(2 * 250);
  EXPECT_EQ(none.replicates, 0);
  EXPECT_NEAR(none.seconds, 258.6, 0.1);
  EXPECT_EQ(
      none.refusal("rate"),
      "The calibrated likelihood-ratio interval of rate is left out: it would take some 259 s, more than --budget "
      "leaves for it; --budget 1100 does.");
}

TEST(CalibrationPlan, IsWholeWithoutABudget) { EXPECT_EQ(Paced().plan(0).replicates, 2048); }

}  // namespace
}  // namespace fisherlab::runs
