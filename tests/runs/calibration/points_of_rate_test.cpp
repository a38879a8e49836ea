#include "runs/calibration/points_of_rate.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fisherlab::runs {
namespace {

ConvergenceRow point(double discrepancy, double half) {
  ConvergenceRow row;
  row.discrepancy = discrepancy;
  row.lower = discrepancy - half;
  row.upper = discrepancy + half;
  return row;
}

RatePoints const truth = {point(0.4, 0.1), point(0.2, 0.05), point(0.1, 0.04)};

TEST(PointsOfRate, HoldWhereEverySizeDoes) {
  auto const same = as_one(truth, truth);
  EXPECT_DOUBLE_EQ(same.estimate, 0);
  EXPECT_NEAR(same.lower, -1, 1e-12);
  EXPECT_NEAR(same.upper, 1, 1e-12);
  auto const off = as_one({point(0.45, 0.1), point(0.18, 0.05), point(0.1, 0.04)}, truth);
  EXPECT_NEAR(off.estimate, 0.5 - 0.4, 1e-12);
  EXPECT_NEAR(off.lower, -0.5, 1e-12);  // .35 - .4 in tenths
  EXPECT_NEAR(off.upper, 0.6, 1e-12);   // .23 - .2 in twentieths
}

TEST(PointsOfRate, MissWhereOneSizeDoes) {
  EXPECT_GT(as_one({point(0.4, 0.1), point(0.27, 0.05), point(0.1, 0.04)}, truth).lower, 0);
  EXPECT_LT(as_one({point(0.4, 0.1), point(0.2, 0.05), point(0.05, 0.04)}, truth).upper, 0);
}

TEST(PointsOfRate, AreOpenWithoutAnInterval) {
  auto const nothing = point(0.1, INFINITY);
  EXPECT_FALSE(std::isfinite(as_one({nothing}, {nothing}).lower));
  EXPECT_FALSE(as_one({nothing}, {nothing}).reason.empty());
  auto const beside = as_one({point(0.4, 0.1), nothing}, {truth[0], nothing});
  EXPECT_NEAR(beside.upper, 1, 1e-12);
}

}  // namespace
}  // namespace fisherlab::runs
