#include "base/statistics/agreement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

using Vector = Eigen::VectorXd;

Vector const predicted{{1.0, 2.0, 4.0, 5.0}};
Vector const actual{{2.0, 1.0, 7.0, 8.0}};

TEST(Agreement, HasTheFiguresWorkedOutByHand) {
  // Centred: x = (-2, -1, 1, 2), y = (-2.5, -3.5, 2.5, 3.5): xx = 10, yy = 37, xy = 18; ranks 1 2 3 4 and 2 1 3 4.
  auto const a = agreement(predicted, actual);
  EXPECT_DOUBLE_EQ(a.slope, 1.8);
  EXPECT_NEAR(a.intercept, 4.5 - 1.8 * 3.0, 1e-15);
  EXPECT_DOUBLE_EQ(a.relative_error, std::sqrt(20.0 / 118.0));
  EXPECT_DOUBLE_EQ(a.pearson, 18.0 / std::sqrt(370.0));
  EXPECT_DOUBLE_EQ(a.spearman, 0.8);
  EXPECT_EQ(a.pairs, 4);
}

TEST(Agreement, SeesAFactorThatCorrelationsDoNot) {
  auto const a = agreement(predicted, 2.0 * predicted);
  EXPECT_DOUBLE_EQ(a.pearson, 1);
  EXPECT_DOUBLE_EQ(a.spearman, 1);
  EXPECT_DOUBLE_EQ(a.slope, 2);
  EXPECT_DOUBLE_EQ(a.relative_error, 0.5);
}

TEST(Agreement, LeavesOutPairsThatAreNotFinite) {
  double const nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  Vector const x{{nan, 1.0, 2.0, 3.0, 4.0, 5.0}}, y{{3.0, 2.0, 1.0, infinity, 7.0, 8.0}};
  auto const all = agreement(x, y), four = agreement(predicted, actual);
  EXPECT_EQ(all.pairs, 4);
  EXPECT_EQ(all.slope, four.slope);
  EXPECT_EQ(all.spearman, four.spearman);
  auto const two = agreement(Vector{{nan, 1.0, 2.0}}, Vector{{1.0, 2.0, 3.0}});
  EXPECT_EQ(two.pairs, 2);
  EXPECT_TRUE(std::isnan(two.slope) && std::isnan(two.pearson) && std::isnan(two.relative_error));
}

TEST(Agreement, HasNoCorrelationWhereNothingVaries) {
  auto const a = agreement(predicted, Vector::Zero(4));
  EXPECT_EQ(a.slope, 0);
  EXPECT_TRUE(std::isnan(a.pearson) && std::isnan(a.spearman));
}

TEST(Agreement, RejectsWhatIsNoSetOfPairs) {
  EXPECT_THROW(agreement(predicted, Vector::Zero(3)), InputError);
  EXPECT_THROW(agreement(Vector::Zero(2), Vector::Zero(2)), InputError);
}

TEST(Ranks, AverageTies) {
  EXPECT_EQ(ranks(Vector{{30.0, 10.0, 30.0, 20.0, 30.0}}), (Vector{{4.0, 1.0, 4.0, 2.0, 4.0}}));
  EXPECT_EQ(ranks(Vector::Zero(4)), Vector::Constant(4, 2.5));
  EXPECT_EQ(ranks(Vector()).size(), 0);
  EXPECT_THROW(ranks(Vector{{1.0, std::numeric_limits<double>::quiet_NaN()}}), InputError);
}

}  // namespace
}  // namespace fisherlab
